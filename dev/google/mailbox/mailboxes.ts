import type { Person } from "../people.ts";
import { seedFor } from "../seed/correspondence.ts";
import type { Change } from "./history.ts";
import { Mailbox } from "./mailbox.ts";
import type { MailboxRecord } from "./mailbox-record.ts";

export interface MailboxesRecord {
  seededAtMs: number;
  /** By subject; only mailboxes that differ from their seed. */
  changed: Record<string, MailboxRecord>;
}

interface Settings {
  messages: number | Record<string, number> | undefined;
  seededAtMs: number;
  now: () => number;
  onChange: (person: Person, mailbox: Mailbox, changes: Omit<Change, "historyId" | "atMs">[]) => void;
}

/** Everyone's mailbox, seeded when first opened. */
export class Mailboxes {
  readonly #settings: Settings;
  readonly #open = new Map<string, Mailbox>();
  readonly #changed = new Set<string>();
  #restorable: Record<string, MailboxRecord> = {};

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  of(person: Person): Mailbox {
    const known = this.#open.get(person.sub);
    if (known) return known;
    const { seededAtMs, now } = this.#settings;
    const count = this.#seededCount(person);
    const seed = seedFor(person, count, seededAtMs);
    const mailbox = new Mailbox(`${person.sub} ${count} ${seededAtMs}`, seed, now);
    const record = this.#restorable[person.sub];
    if (record?.seeded === count) mailbox.restore(record);
    else if (record)
      mailbox.history.restore({
        changes: [],
        current: record.history.current + 1000,
        floor: record.history.current + 1000,
      });
    this.#open.set(person.sub, mailbox);
    mailbox.onChange = (changes) => {
      this.#changed.add(person.sub);
      this.#settings.onChange(person, mailbox, changes);
    };
    return mailbox;
  }

  record(): MailboxesRecord {
    const changed = { ...this.#restorable };
    for (const sub of this.#changed) {
      const mailbox = this.#open.get(sub);
      if (mailbox) changed[sub] = mailbox.record();
    }
    return { seededAtMs: this.#settings.seededAtMs, changed };
  }

  restore(record: MailboxesRecord): void {
    this.#settings.seededAtMs = record.seededAtMs;
    this.#restorable = record.changed;
    this.#open.clear();
    this.#changed.clear();
  }

  /** Back to the seeds. */
  reset(): void {
    this.restore({ seededAtMs: this.#settings.seededAtMs, changed: {} });
  }

  /** How many messages a mailbox has, without seeding one that nobody has opened. */
  countOf(person: Person): number {
    const unopened = !this.#open.has(person.sub) && this.#restorable[person.sub] === undefined;
    return unopened ? this.#seededCount(person) : this.of(person).order.length;
  }

  /** One number for everyone leaves the mailbox that is to be empty empty. */
  #seededCount(person: Person): number {
    const { messages } = this.#settings;
    if (typeof messages === "number") return person.correspondence === "empty" ? 0 : messages;
    return messages?.[person.email] ?? person.messages;
  }
}
