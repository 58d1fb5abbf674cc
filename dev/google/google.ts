import { Clock } from "./clock.ts";
import { Counters } from "./counters.ts";
import { Faults } from "./faults.ts";
import { PubSub } from "./gmail/pubsub.ts";
import { defaultQuota, Quota } from "./gmail/quota.ts";
import { Mailboxes } from "./mailbox/mailboxes.ts";
import { Codes } from "./oauth/codes.ts";
import { Grants } from "./oauth/grants.ts";
import { KeyRing } from "./oauth/keys.ts";
import { type Client, defaultClient, type GoogleOptions, seedMoment } from "./options.ts";
import { People, seededPeople } from "./people.ts";

/** Switches of the whole server, set over the control API. */
export interface Settings {
  /** How long access tokens outlive a revocation. Google: some minutes. */
  revocationGraceSeconds: number;
  /** An app in "testing": refresh tokens and consents live 7 days. */
  testing: boolean;
  /** Added to the times in ID tokens, to show what a wrong clock does. */
  idTokenSkewSeconds: number;
  /** How long a batch keeps its concurrency slots, at least. */
  batchMs: number;
  /** Ids of messages that are listed and answer 500 when they are asked for. */
  unreadable: string[];
  /** Messages that are listed and answer otherwise than they should: nonsense, 404, or nothing at all. */
  broken: Record<string, "malformed" | "missing" | "hanging">;
}

export const defaultSettings: Settings = {
  revocationGraceSeconds: 0,
  testing: false,
  idTokenSkewSeconds: 0,
  batchMs: 10,
  unreadable: [],
  broken: {},
};

/** Everything the local Google knows. Routes are functions of this and a call. */
export interface Google {
  /** `http://127.0.0.1:4010`, known once the server listens; also the issuer. */
  origin: string;
  options: GoogleOptions;
  settings: Settings;
  clients: Client[];
  clock: Clock;
  people: People;
  codes: Codes;
  grants: Grants;
  keys: KeyRing;
  mailboxes: Mailboxes;
  pubsub: PubSub;
  faults: Faults;
  counters: Counters;
  quota: Quota;
  /** Page tokens of an earlier generation have expired. */
  pageTokens: { generation: number };
  /** Called after every change that should outlive a restart. */
  changed(): void;
}

export function createGoogle(options: GoogleOptions): Google {
  const clock = new Clock();
  const keys = new KeyRing();
  const people = new People(seededPeople());
  const pubsub = new PubSub(clock, keys);
  const google: Google = {
    origin: "",
    options,
    settings: { ...defaultSettings },
    clients: structuredClone(options.clients ?? [defaultClient]),
    clock,
    people,
    codes: new Codes(),
    grants: new Grants(),
    keys,
    mailboxes: new Mailboxes({
      messages: options.messages,
      seededAtMs: startOfMinute(options.now ?? seedMoment),
      now: () => clock.now(),
      onChange: (person, mailbox, changes) => {
        pubsub.notify(person, mailbox, changes);
        google.changed();
      },
    }),
    pubsub,
    faults: new Faults(),
    counters: new Counters(),
    quota: new Quota(clock, { ...defaultQuota, on: options.quota ?? true }),
    pageTokens: { generation: 1 },
    changed: () => {},
  };
  return google;
}

function startOfMinute(date: Date): number {
  return Math.floor(date.getTime() / 60_000) * 60_000;
}
