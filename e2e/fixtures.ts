import { createHash } from "node:crypto";
import { type BrowserContext, test as base, expect, type TestInfo } from "@playwright/test";
import { type Control, controlOf } from "../dev/google/control-client.ts";
import { place } from "./places.ts";
import { enter, type Person } from "./sign-in.ts";
import { openStore, type Store } from "./store.ts";

export { expect };

interface PersonOptions {
  /** The newest five of them are in the inbox; of older ones most are. */
  readonly messages?: number;
  readonly correspondence?: "english" | "mixed" | "empty" | "office";
}

interface ReaderOptions extends PersonOptions {
  /** Somebody who is at Google already, instead of a new person. */
  readonly person?: Person;
  /** Delivered before they enter, in this order. */
  readonly mail?: readonly Parameters<Control["deliver"]>[1][];
  /** They enter in a browser of their own, and not in the test's. */
  readonly elsewhere?: boolean;
}

/** Somebody who has signed in. */
export interface Reader extends Person {
  readonly accountId: string;
  /** The first message that `mail` ordered; empty where it ordered none. */
  readonly messageId: string;
  /** The browser they entered in. */
  readonly context: BrowserContext;
}

export type NewPerson = (options?: PersonOptions) => Promise<Person>;
export type NewReader = (options?: ReaderOptions) => Promise<Reader>;

interface Fixtures {
  /** The local Google's controls. Faults are to be ordered for a person: others test at the same time. */
  readonly google: Control;
  /** A new person at Google, whom no other test knows, and who is the same in every run. */
  readonly newPerson: NewPerson;
  /** Makes somebody who has signed in; no page has shown them their mail. */
  readonly newReader: NewReader;
  /** What the test's own reader has. */
  readonly mailbox: ReaderOptions;
  /** A new person who has signed in in the test's browser, with a mailbox as `mailbox` says. */
  readonly reader: Reader;
  /** What the page may complain about; everything else on its console fails the test. */
  readonly expectedComplaints: RegExp | null;
}

interface WorkerFixtures {
  /** Latchkey's tables. */
  readonly store: Store;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  baseURL: async ({}, use) => use(place("latchkey")),
  // Each test comes from an address of its own, as far as Latchkey believes its proxy: what is counted by address is not
  // counted for others.
  extraHTTPHeaders: async ({}, use, test) => use({ "x-forwarded-for": addressOf(test) }),
  store: [
    async ({}, use) => {
      const store = openStore();
      await use(store);
      await store.close();
    },
    { scope: "worker" },
  ],
  google: async ({}, use) => use(controlOf(place("google"))),
  newPerson: async ({ google }, use, testInfo) => {
    let people = 0;
    await use(async ({ messages = 0, correspondence = messages > 0 ? "english" : "empty" } = {}) => {
      people += 1;
      const word = wordOf(testInfo, people);
      const person = { email: `p-${word}@example.org`, name: `Person ${word}` };
      await google.addPerson({ ...person, correspondence, messages });
      return person;
    });
  },
  newReader: async ({ browser, context: own, google, newPerson }, use) => {
    const others: BrowserContext[] = [];
    await use(async ({ person: known, mail = [], elsewhere = false, ...options } = {}) => {
      const person = known ?? (await newPerson(options));
      const ids: string[] = [];
      for (const message of mail) ids.push((await google.deliver(person.email, message)).id);
      const context = elsewhere ? await browser.newContext() : own;
      if (elsewhere) others.push(context);
      const accountId = await enter(context, person);
      return { ...person, accountId, messageId: ids[0] ?? "", context };
    });
    for (const context of others) await context.close();
  },
  mailbox: [{}, { option: true }],
  reader: async ({ mailbox, newReader }, use) => use(await newReader(mailbox)),
  expectedComplaints: [null, { option: true }],
  page: async ({ page, expectedComplaints }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      const { url } = message.location();
      // The local Google's pages have tests of their own.
      if (message.type() !== "error" || url.startsWith(place("google"))) return;
      complaints.push(`${message.text()} (${url})`);
    });
    await use(page);
    const expected = [lookedIntoFrame, ...(expectedComplaints ? [expectedComplaints] : [])];
    const unexpected = complaints.filter((text) => !expected.some((known) => known.test(text)));
    expect(unexpected, "errors on the page's console").toEqual([]);
  },
});

/** Eight digits that follow from a test's name. `what` tells apart what a test needs several of. */
export function wordOf({ titlePath, repeatEachIndex }: TestInfo, what: string | number): string {
  const name = [...titlePath, repeatEachIndex, what].join("\n");
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}

/** An address for tests (RFC 2544's range), the same for the same test. */
function addressOf(test: TestInfo): string {
  const word = Number.parseInt(wordOf(test, "address"), 16);
  return `198.18.${(word >>> 8) & 255}.${word & 255}`;
}

/** The browser says this of the test's own look into a mail's frame: nothing may run there. */
const lookedIntoFrame =
  /^Blocked script execution in '[^']*\/body' because the document's frame is sandboxed/;

/** The browser reports an answer with this status on its console. */
export const answered = (status: number): RegExp => new RegExp(`status of ${status}`);
