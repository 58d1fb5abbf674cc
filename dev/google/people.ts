import { createHash } from "node:crypto";

/** Which kind of mail a person's mailbox is seeded with. */
export type Correspondence = "english" | "mixed" | "empty" | "office";

/** Errors an organization's policy puts in the way of authorization (docs/google.md §1). */
export type PolicyBlock = "admin_policy_enforced" | "org_internal" | "disallowed_useragent";

export interface Person {
  /** Stable, 21 digits, never reused: the key of the account. The e-mail address may change. */
  sub: string;
  email: string;
  name: string;
  hd: string | null;
  correspondence: Correspondence;
  /** Messages seeded, unless the options say otherwise. */
  messages: number;
  deleted: boolean;
  policyBlock: PolicyBlock | null;
  /** Workspace admin switched Gmail's API off: 403 `domainPolicy`. */
  gmailDisabled: boolean;
  /** Seconds of time-limited access this person will choose at the next consent. */
  timeLimitSeconds: number | null;
}

/** A 21-digit subject that is the same on every start. */
export function subjectOf(seed: string): string {
  const digest = createHash("sha256").update(`local-google:${seed}`).digest("hex");
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, "0")}`;
}

export function newPerson(
  email: string,
  name: string,
  correspondence: Correspondence,
  messages: number,
): Person {
  const domain = email.split("@")[1] ?? "";
  return {
    sub: subjectOf(email),
    email,
    name,
    hd: domain === "gmail.com" ? null : domain,
    correspondence,
    messages,
    deleted: false,
    policyBlock: null,
    gmailDisabled: false,
    timeLimitSeconds: null,
  };
}

export function seededPeople(): Person[] {
  return [
    newPerson("maya@example.org", "Maya Hartono", "english", 1_200),
    newPerson("sari@example.org", "Sari Wulandari", "mixed", 5_000),
    newPerson("nils@example.org", "Nils Berg", "empty", 0),
    newPerson("admin@example.org", "Ada Admin", "office", 20),
  ];
}

/** Everyone with an account at the local Google. */
export class People {
  readonly #people: Person[];

  constructor(people: Person[]) {
    this.#people = people;
  }

  all(): Person[] {
    return this.#people;
  }

  /** Deleted people included: their tokens are answered differently from unknown ones. */
  bySub(sub: string): Person | null {
    return this.#people.find((person) => person.sub === sub) ?? null;
  }

  /** By e-mail address or subject, as in `login_hint`; deleted people are gone. */
  living(emailOrSub: string): Person | null {
    const wanted = emailOrSub.toLowerCase();
    return (
      this.#people.find(
        (person) => !person.deleted && (person.sub === wanted || person.email.toLowerCase() === wanted),
      ) ?? null
    );
  }

  add(person: Person): void {
    this.#people.push(person);
  }

  replaceAll(people: Person[]): void {
    this.#people.splice(0, this.#people.length, ...people);
  }
}
