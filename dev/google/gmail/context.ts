import type { Google } from "../google.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import { isWellFormedId } from "../mailbox/message-id.ts";
import type { Person } from "../people.ts";
import { invalidArgument, notFound } from "./errors.ts";

/** What an API method works on. Methods return the JSON value or throw an `ApiError`. */
export interface GmailContext {
  google: Google;
  person: Person;
  mailbox: Mailbox;
  query: URLSearchParams;
  /** The variable parts of the path. */
  parameters: string[];
  body: Buffer;
  /** The token holds no scope beyond `gmail.metadata`. */
  metadataOnly: boolean;
}

/** `maxResults`: at most 500, 100 unless said; more is cut to 500. */
export function pageSize(query: URLSearchParams): number {
  const given = query.get("maxResults");
  if (given === null) return 100;
  if (!/^\d+$/.test(given) || Number(given) === 0)
    throw invalidArgument(`Invalid value at 'max_results': ${given}`);
  return Math.min(500, Number(given));
}

export function flag(query: URLSearchParams, name: string): boolean {
  return query.get(name) === "true";
}

/** The message named by the first path parameter. */
export function messageOf({ mailbox, parameters }: GmailContext): number {
  const id = parameters[0] ?? "";
  if (!isWellFormedId(id)) throw invalidArgument("Invalid id value");
  const index = mailbox.indexOf(id);
  if (index === null) throw notFound();
  return index;
}

/** Numbers are strings in this API where they may outgrow a double. */
export function longString(value: number): string {
  return String(value);
}
