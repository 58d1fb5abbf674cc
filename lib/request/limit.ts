import "server-only";
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { notFound } from "next/navigation";
import type { User } from "../domain/people.ts";
import { perProcess } from "../domain/per-process.ts";
import type { LimitName } from "../use-cases/limits/limits.ts";
import { isSpent, spend } from "../use-cases/limits/spend.ts";
import { noteReached, visits } from "./visit.ts";

/** Counts what a person does; over the limit, the request is answered 429 and goes no further. */
export async function limitPerson(name: LimitName, { id }: Pick<User, "id">): Promise<void> {
  refuseIf(await spend(name, id));
}

/** Counts what comes from an address; over the limit, the request is answered 429 and goes no further. */
export async function limitAddress(name: LimitName): Promise<void> {
  refuseIf(await spend(name, address()));
}

/** For what is counted when it has failed: refuses whoever has used up their failures. */
export async function refuseAfter(name: LimitName): Promise<void> {
  refuseIf(await isSpent(name, address()));
}

/** Counts a failure of this address; the next one may be refused. */
export async function countFailure(name: LimitName): Promise<void> {
  await spend(name, address());
}

function address(): string {
  noteReached();
  return visits().getStore()?.address ?? "unknown";
}

function refuseIf(afterSeconds: number | null): void {
  const visit = visits().getStore();
  if (afterSeconds === null || !visit) return;
  visit.refuse(afterSeconds);
  // Only to get out of here, wherever that is: the answer has been given.
  notFound();
}

/** What was counted lately, of this process, by hash: the same again is not new. */
const countedLately = perProcess("counted", () => new LRUCache<string, true>({ max: 10_000 }));

function isNew(parts: readonly string[], withinMs: number): boolean {
  const counted = countedLately();
  const key = createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
  if (counted.has(key)) return false;
  counted.set(key, true, { ttl: withinMs });
  return true;
}

/** Counts a session token that nobody has, as a guess of this address. A browser that goes on sending the same one guesses nothing. */
export async function limitGuess(token: string): Promise<void> {
  if (isNew(["guess", address(), token], 600_000)) await limitAddress("session-guess");
}

/** Counts a page of a search. */
export async function limitSearch(user: Pick<User, "id">, query: string, cursor: string): Promise<void> {
  await limitPerson(isNew(["search", user.id, query, cursor], 10_000) ? "search" : "search-again", user);
}
