import type { StoredContent } from "./content.ts";
import { Contents } from "./contents.ts";
import { insertByDate } from "./date-order.ts";
import { type Change, HistoryLog } from "./history.ts";
import { type Label, LabelSets, Labels } from "./labels.ts";
import type { MailboxRecord } from "./mailbox-record.ts";
import { MessageIds } from "./message-id.ts";
import type { Seed } from "./seed.ts";
import { ThreadIndex } from "./thread-index.ts";

type PlainChange = Omit<Change, "historyId" | "atMs">;

/** One person's mail. Messages are numbers inside and hexadecimal ids outside. */
export class Mailbox {
  readonly contents: Contents;
  readonly labels = new Labels();
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
  readonly #seeded: number;
  readonly #deleted = new Set<number>();
  readonly #historyIds = new Map<number, number>();
  readonly #threadIndex: ThreadIndex;
  readonly #now: () => number;

  constructor(identity: string, seed: Seed, now: () => number) {
    this.#ids = new MessageIds(identity);
    this.contents = new Contents(seed);
    this.#seeded = seed.datesMs.length;
    this.#now = now;
    this.datesMs = [...seed.datesMs];
    this.threads = [...seed.threads];
    this.#threadIndex = new ThreadIndex(this.order, this.threads);
    this.history = new HistoryLog(1_000_000 + this.#seeded);
    for (const { name, color } of seed.labels) this.labels.add(name, color);
    const idOf = new Map([...this.labels.values()].map(({ id, name }) => [name, id]));
    for (let index = 0; index < this.#seeded; index += 1) {
      this.order.push(index);
      this.sets.push(this.labelSets.wear(seed.labelIds(index).map((id) => idOf.get(id) ?? id)));
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
    this.sets.push(this.labelSets.wear(labelIds));
    this.contents.stored.set(index, content);
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
      this.labelSets.unwear(this.sets[index] ?? 0);
      this.sets[index] = this.labelSets.wear(after);
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
    this.labelSets.unwear(this.sets[index] ?? 0);
    this.#deleted.add(index);
    this.contents.stored.delete(index);
    this.#threadIndex.forget();
    this.#commit([], [change]);
  }

  createLabel(name: string, color: string | null): Label {
    const label = this.labels.add(name, color);
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
    const delivered = [...this.contents.stored].map(([index, content]) => ({
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
      ...this.labels.record(),
      history: this.history.record(),
    };
  }

  restore(record: MailboxRecord): void {
    while (this.datesMs.length < record.length) {
      const index = this.datesMs.push(0) - 1;
      this.threads.push(index);
      this.sets.push(this.labelSets.wear([]));
    }
    const deleted = new Set(record.deleted);
    for (const { index, content, dateMs, thread } of record.delivered) {
      this.datesMs[index] = dateMs;
      this.threads[index] = thread;
      this.contents.stored.set(index, content);
      if (!deleted.has(index)) insertByDate(this.order, index, (one) => this.dateOf(one));
    }
    for (const { index, historyId, labelIds } of record.relabelled) {
      this.labelSets.unwear(this.sets[index] ?? 0);
      this.sets[index] = this.labelSets.wear(labelIds);
      this.#historyIds.set(index, historyId);
    }
    for (const index of deleted) {
      this.#deleted.add(index);
      this.labelSets.unwear(this.sets[index] ?? 0);
    }
    const kept = this.order.filter((index) => !deleted.has(index));
    this.order.splice(0, this.order.length);
    for (const index of kept) this.order.push(index);
    this.labels.restore(record);
    this.history.restore(record.history);
    this.#threadIndex.forget();
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
