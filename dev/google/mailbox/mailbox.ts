import {
  type Content,
  nothingToSearch,
  open,
  type Searchable,
  type StoredContent,
  searchableLetter,
} from "./content.ts";
import { insertByDate } from "./date-order.ts";
import { type Change, HistoryLog } from "./history.ts";
import { type Label, LabelSets, systemLabels, userLabel } from "./labels.ts";
import { type Letter, letterSize } from "./letter.ts";
import type { MailboxRecord } from "./mailbox-record.ts";
import { MessageIds } from "./message-id.ts";
import { ThreadIndex } from "./thread-index.ts";

/** What a seed lays down: parallel lists by message number, oldest first, and the letters on demand. */
export interface Seed {
  datesMs: number[];
  /** The number of the first message of the thread. */
  threads: number[];
  labelIds(index: number): readonly string[];
  letter(index: number, options?: { quoting: boolean }): Letter;
  labels: { name: string; color: string | null }[];
}

type PlainChange = Omit<Change, "historyId" | "atMs">;

/** One person's mail. Messages are numbers inside and hexadecimal ids outside; contents are made when asked for. */
export class Mailbox {
  readonly labels = new Map<string, Label>();
  readonly labelSets = new LabelSets();
  readonly history: HistoryLog;
  /** Existing messages by internal date, oldest first. */
  readonly order: number[] = [];
  readonly datesMs: number[];
  readonly threads: number[];
  readonly sets: number[] = [];
  /** Told after every change. */
  onChange: (changes: PlainChange[]) => void = () => {};
  readonly #ids: MessageIds;
  readonly #seed: Seed;
  readonly #seeded: number;
  readonly #stored = new Map<number, StoredContent>();
  readonly #read = new Map<number, Searchable>();
  readonly #deleted = new Set<number>();
  readonly #historyIds = new Map<number, number>();
  readonly #threadIndex: ThreadIndex;
  readonly #now: () => number;
  #nextLabel = 1;

  constructor(identity: string, seed: Seed, now: () => number) {
    this.#ids = new MessageIds(identity);
    this.#seed = seed;
    this.#seeded = seed.datesMs.length;
    this.#now = now;
    this.datesMs = [...seed.datesMs];
    this.threads = [...seed.threads];
    this.#threadIndex = new ThreadIndex(this.order, this.threads);
    this.history = new HistoryLog(1_000_000 + this.#seeded);
    for (const label of systemLabels()) this.labels.set(label.id, label);
    for (const { name, color } of seed.labels) this.#addLabel(name, color);
    const idOf = new Map([...this.labels.values()].map(({ id, name }) => [name, id]));
    for (let index = 0; index < this.#seeded; index += 1) {
      this.order.push(index);
      this.sets.push(this.#wear(seed.labelIds(index).map((id) => idOf.get(id) ?? id)));
    }
  }

  idOf(index: number): string {
    return this.#ids.idOf(index);
  }

  /** The number of an existing message, or null. */
  indexOf(id: string): number | null {
    const index = this.#ids.indexOf(id);
    return index !== null && index < this.datesMs.length && !this.#deleted.has(index) ? index : null;
  }

  threadIdOf(index: number): string {
    return this.idOf(this.threads[index] ?? index);
  }

  dateOf(index: number): number {
    return this.datesMs[index] ?? 0;
  }

  labelIdsOf(index: number): readonly string[] {
    return this.labelSets.labelsOf(this.sets[index] ?? 0);
  }

  /** The history id of the message's last change. */
  historyIdOf(index: number): number {
    return this.#historyIds.get(index) ?? 1_000_000 + index;
  }

  content(index: number): Promise<Content> {
    const stored = this.#stored.get(index);
    return open(stored ?? { kind: "letter", letter: this.#seed.letter(index) });
  }

  /** Parsed mail must have been read with `readForSearch` before. */
  searchable(index: number): Searchable {
    const stored = this.#stored.get(index);
    if (!stored) return searchableLetter(this.#seed.letter(index, { quoting: false }));
    return stored.kind === "letter"
      ? searchableLetter(stored.letter)
      : (this.#read.get(index) ?? nothingToSearch);
  }

  /** Take delivered files apart, once, so that they can be searched. */
  async readForSearch(): Promise<void> {
    for (const [index, stored] of this.#stored) {
      if (stored.kind === "letter" || this.#read.has(index)) continue;
      this.#read.set(index, (await open(stored)).searchable);
    }
  }

  /** Bytes, roughly, without composing the message: what `larger:` and `smaller:` compare. */
  sizeHint(index: number): number {
    const stored = this.#stored.get(index);
    if (stored?.kind === "rfc822") return stored.base64.length * 0.75;
    if (stored?.kind === "verbatim")
      return stored.sizeEstimate ?? JSON.stringify(stored.payload ?? null).length;
    return letterSize(stored?.letter ?? this.#seed.letter(index));
  }

  /** Existing messages of a thread, oldest first. */
  thread(id: string): number[] {
    const root = this.#ids.indexOf(id);
    return root === null ? [] : (this.#threadIndex.members().get(root) ?? []);
  }

  threadCount(): number {
    return this.#threadIndex.members().size;
  }

  insert(content: StoredContent, labelIds: string[], dateMs: number, threadId?: string): string {
    const index = this.datesMs.length;
    const root = threadId === undefined ? null : this.#ids.indexOf(threadId);
    this.datesMs.push(dateMs);
    this.threads.push(root ?? index);
    this.sets.push(this.#wear(labelIds));
    this.#stored.set(index, content);
    insertByDate(this.order, index, (one) => this.dateOf(one));
    this.#threadIndex.forget();
    this.#commit([index], [this.#change("messageAdded", index, [...this.labelIdsOf(index)])]);
    return this.idOf(index);
  }

  /** Add and remove labels; what is already so is not a change. */
  relabel(indexes: number[], add: string[], remove: string[]): void {
    const changes: PlainChange[] = [];
    const changed: number[] = [];
    for (const index of indexes) {
      const before = new Set(this.labelIdsOf(index));
      const gained = add.filter((id) => !before.has(id));
      const lost = remove.filter((id) => before.has(id));
      if (gained.length === 0 && lost.length === 0) continue;
      const after = new Set([...before, ...gained]);
      for (const id of lost) after.delete(id);
      this.#unwear(index);
      this.sets[index] = this.#wear(after);
      if (gained.length > 0) changes.push(this.#change("labelAdded", index, gained));
      if (lost.length > 0) changes.push(this.#change("labelRemoved", index, lost));
      changed.push(index);
    }
    if (changes.length > 0) this.#commit(changed, changes);
  }

  /** Delete for good. */
  delete(index: number): void {
    const change = this.#change("messageDeleted", index, [...this.labelIdsOf(index)]);
    this.order.splice(this.order.indexOf(index), 1);
    this.#unwear(index);
    this.#deleted.add(index);
    this.#stored.delete(index);
    this.#threadIndex.forget();
    this.#commit([], [change]);
  }

  createLabel(name: string, color: string | null): Label {
    const label = this.#addLabel(name, color);
    this.onChange([]);
    return label;
  }

  renameLabel(id: string, name: string): void {
    const label = this.labels.get(id);
    if (label) label.name = name;
    this.onChange([]);
  }

  /** Its messages lose the label, which is a change in history. */
  deleteLabel(id: string): void {
    this.relabel(
      this.order.filter((index) => this.labelIdsOf(index).includes(id)),
      [],
      [id],
    );
    this.labels.delete(id);
    this.onChange([]);
  }

  /** Everything that differs from the seed. */
  record(): MailboxRecord {
    const delivered = [...this.#stored].map(([index, content]) => ({
      index,
      content,
      dateMs: this.dateOf(index),
      thread: this.threads[index] ?? index,
    }));
    return {
      seeded: this.#seeded,
      length: this.datesMs.length,
      delivered,
      deleted: [...this.#deleted],
      relabelled: [...this.#historyIds].map(([index, historyId]) => ({
        index,
        historyId,
        labelIds: [...this.labelIdsOf(index)],
      })),
      labels: [...this.labels.values()].filter(({ type }) => type === "user"),
      nextLabel: this.#nextLabel,
      history: this.history.record(),
    };
  }

  restore(record: MailboxRecord): void {
    while (this.datesMs.length < record.length) {
      const index = this.datesMs.push(0) - 1;
      this.threads.push(index);
      this.sets.push(this.#wear([]));
    }
    const deleted = new Set(record.deleted);
    for (const { index, content, dateMs, thread } of record.delivered) {
      this.datesMs[index] = dateMs;
      this.threads[index] = thread;
      this.#stored.set(index, content);
      if (!deleted.has(index)) insertByDate(this.order, index, (one) => this.dateOf(one));
    }
    for (const { index, historyId, labelIds } of record.relabelled) {
      this.#unwear(index);
      this.sets[index] = this.#wear(labelIds);
      this.#historyIds.set(index, historyId);
    }
    for (const index of deleted) {
      this.#deleted.add(index);
      this.#unwear(index);
    }
    const kept = this.order.filter((index) => !deleted.has(index));
    this.order.splice(0, this.order.length);
    for (const index of kept) this.order.push(index);
    for (const [id, label] of this.labels) if (label.type === "user") this.labels.delete(id);
    for (const label of record.labels) this.labels.set(label.id, label);
    this.#nextLabel = record.nextLabel;
    this.history.restore(record.history);
    this.#threadIndex.forget();
  }

  #addLabel(name: string, color: string | null): Label {
    const label = userLabel(`Label_${this.#nextLabel}`, name, color);
    this.#nextLabel += 1;
    this.labels.set(label.id, label);
    return label;
  }

  #wear(labelIds: Iterable<string>): number {
    const set = this.labelSets.idOf(labelIds);
    this.labelSets.counts[set] = (this.labelSets.counts[set] ?? 0) + 1;
    return set;
  }

  #unwear(index: number): void {
    const set = this.sets[index] ?? 0;
    this.labelSets.counts[set] = (this.labelSets.counts[set] ?? 1) - 1;
  }

  #change(kind: Change["kind"], index: number, labelIds: string[]): PlainChange {
    return { kind, messageId: this.idOf(index), threadId: this.threadIdOf(index), labelIds };
  }

  #commit(indexes: number[], changes: PlainChange[]): void {
    const historyId = this.history.append(changes, this.#now());
    for (const index of indexes) this.#historyIds.set(index, historyId);
    this.onChange(changes);
  }
}
