import { readFile, rename, writeFile } from "node:fs/promises";
import type { JWK } from "jose";
import type { Watch } from "./gmail/pubsub.ts";
import type { Google } from "./google.ts";
import type { MailboxesRecord } from "./mailbox/mailboxes.ts";
import type { GrantRecord } from "./oauth/grants.ts";
import type { Person } from "./people.ts";

const debounceMs = 200;
const version = 1;

interface StateRecord {
  version: number;
  people: Person[];
  grants: GrantRecord;
  keys: JWK[];
  mailboxes: MailboxesRecord;
  watches: Watch[];
  advancedMs: number;
}

/** Restore from the file, if it is there and of this version. Otherwise the seeds stand. */
export async function restoreState(google: Google, file: string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return;
  const state = JSON.parse(text) as StateRecord;
  if (state.version !== version) return;
  google.people.replaceAll(state.people);
  google.grants.restore(state.grants);
  google.keys.restore(state.keys);
  google.mailboxes.restore(state.mailboxes);
  google.pubsub.restore(state.watches);
  google.clock.setAdvanced(state.advancedMs);
}

/** Keeps a file in step with the state: written whole, beside, then renamed; 200 ms after the first change. */
export class StateFile {
  readonly #google: Google;
  readonly #file: string;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(google: Google, file: string) {
    this.#google = google;
    this.#file = file;
  }

  changed(): void {
    this.#timer ??= setTimeout(() => void this.flush(), debounceMs).unref();
  }

  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { people, grants, keys, mailboxes, pubsub, clock } = this.#google;
    const state: StateRecord = {
      version: version,
      people: people.all(),
      grants: grants.record(),
      keys: keys.record(),
      mailboxes: mailboxes.record(),
      watches: pubsub.watches(),
      advancedMs: clock.advancedMs,
    };
    const text = JSON.stringify(state);
    this.#writing = this.#writing.then(async () => {
      await writeFile(`${this.#file}.new`, text, { mode: 0o600 });
      await rename(`${this.#file}.new`, this.#file);
    });
    return this.#writing;
  }
}
