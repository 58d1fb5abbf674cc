/** A label as Gmail describes it, without counts. */
export interface Label {
  id: string;
  name: string;
  type: "system" | "user";
  messageListVisibility?: "show" | "hide";
  labelListVisibility?: "labelShow" | "labelShowIfUnread" | "labelHide";
  color?: { textColor: string; backgroundColor: string };
}

export const categories = [
  "CATEGORY_PERSONAL",
  "CATEGORY_SOCIAL",
  "CATEGORY_PROMOTIONS",
  "CATEGORY_UPDATES",
  "CATEGORY_FORUMS",
] as const;

const hidden: readonly string[] = ["CHAT", "UNREAD", ...categories];

function systemLabels(): Label[] {
  const ids = [
    "CHAT",
    "SENT",
    "INBOX",
    "IMPORTANT",
    "TRASH",
    "DRAFT",
    "SPAM",
    ...categories,
    "STARRED",
    "UNREAD",
  ];
  return ids.map((id) => ({
    id,
    name: id,
    type: "system",
    ...(hidden.includes(id)
      ? { messageListVisibility: "hide" as const, labelListVisibility: "labelHide" as const }
      : {}),
  }));
}

/** A new user label; colours are from Gmail's palette. */
function userLabel(id: string, name: string, color: string | null): Label {
  return {
    id,
    name,
    type: "user",
    messageListVisibility: "show",
    labelListVisibility: "labelShow",
    ...(color ? { color: { backgroundColor: color, textColor: "#ffffff" } } : {}),
  };
}

/** A mailbox's labels by id: Gmail's own, and those that its owner has made. */
export class Labels extends Map<string, Label> {
  #next = 1;

  constructor() {
    super(systemLabels().map((label) => [label.id, label]));
  }

  add(name: string, color: string | null): Label {
    const label = userLabel(`Label_${this.#next}`, name, color);
    this.#next += 1;
    this.set(label.id, label);
    return label;
  }

  record(): { labels: Label[]; nextLabel: number } {
    return { labels: [...this.values()].filter(({ type }) => type === "user"), nextLabel: this.#next };
  }

  restore({ labels, nextLabel }: { labels: Label[]; nextLabel: number }): void {
    for (const [id, label] of this) if (label.type === "user") this.delete(id);
    for (const label of labels) this.set(label.id, label);
    this.#next = nextLabel;
  }
}

/** Sets of label ids, each kept once: a message holds a small number instead of an array. */
export class LabelSets {
  readonly #sets: (readonly string[])[] = [];
  readonly #ids = new Map<string, number>();
  /** How many messages wear each set. */
  readonly counts: number[] = [];

  /** The number of the set with exactly these labels. */
  #idOf(labelIds: Iterable<string>): number {
    const sorted = [...new Set(labelIds)].sort();
    const key = sorted.join("\n");
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#sets.push(sorted) - 1;
    this.#ids.set(key, id);
    this.counts.push(0);
    return id;
  }

  /** One more message with exactly these labels. Returns the set's number. */
  wear(labelIds: Iterable<string>): number {
    const id = this.#idOf(labelIds);
    this.counts[id] = (this.counts[id] ?? 0) + 1;
    return id;
  }

  /** One message fewer with this set. */
  unwear(id: number): void {
    this.counts[id] = (this.counts[id] ?? 1) - 1;
  }

  labelsOf(id: number): readonly string[] {
    return this.#sets[id] ?? [];
  }

  /** For each set number, whether `matches` holds for its labels. */
  select(matches: (labels: ReadonlySet<string>) => boolean): boolean[] {
    return this.#sets.map((labels) => matches(new Set(labels)));
  }
}
