/** One change of a mailbox. `labelIds` are the message's labels for added messages, the changed ones otherwise. */
export interface Change {
  historyId: number;
  atMs: number;
  kind: "messageAdded" | "messageDeleted" | "labelAdded" | "labelRemoved";
  messageId: string;
  threadId: string;
  labelIds: string[];
}

const keptMs = 7 * 24 * 3600 * 1000;

/** The changes of a mailbox, kept for about a week (docs/google.md §5). */
export class HistoryLog {
  #changes: Change[] = [];
  #current: number;
  #floor: number;

  constructor(start: number) {
    this.#current = start;
    this.#floor = start;
  }

  get current(): number {
    return this.#current;
  }

  /** Append changes that happened together: they share one history id. Ids grow in uneven steps, as Google's do. */
  append(changes: Omit<Change, "historyId" | "atMs">[], nowMs: number): number {
    this.#current += 7 + (this.#current % 5);
    for (const change of changes) {
      this.#changes.push({ ...change, historyId: this.#current, atMs: nowMs });
    }
    return this.#current;
  }

  /** Changes after `start`, oldest first; null when `start` is older than what is kept, or was never given out. */
  since(start: number, nowMs: number): Change[] | null {
    while (this.#changes[0] && this.#changes[0].atMs < nowMs - keptMs) {
      this.#floor = this.#changes.shift()?.historyId ?? this.#floor;
    }
    if (start < this.#floor || start > this.#current) return null;
    return this.#changes.filter((change) => change.historyId > start);
  }

  /** Forget everything: every id given out so far answers 404. */
  expire(): void {
    this.#current += 11;
    this.#floor = this.#current;
    this.#changes = [];
  }

  record(): { changes: Change[]; current: number; floor: number } {
    return { changes: this.#changes, current: this.#current, floor: this.#floor };
  }

  restore(record: { changes: Change[]; current: number; floor: number }): void {
    this.#changes = record.changes;
    this.#current = record.current;
    this.#floor = record.floor;
  }
}
