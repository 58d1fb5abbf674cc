/**
 * Goes into the floor app in the place of what asks the database: the same answers, kept in memory. Not a part of
 * Latchkey; see floor-app.ts.
 */
import { readFileSync } from "node:fs";
import { deserialize } from "node:v8";

/** Answers by the name of what gives them and the ids it is asked with. */
export type Memory = Map<string, unknown>;

const held = globalThis as { latchkeyFloor?: Memory };

/** What is asked with an object is known by its account, and a request without one by nothing. */
const idOf = (asked: unknown): string =>
  typeof asked === "string" ? asked : ((asked as { accountId?: string } | undefined)?.accountId ?? "");

export const memoryKey = (name: string, asked: readonly unknown[]): string =>
  [name, ...asked.map(idOf).filter(Boolean)].join(" ");

/** @throws Error when this was never asked before */
export async function recall<Answer>(name: string, asked: readonly unknown[]): Promise<Answer> {
  held.latchkeyFloor ??= deserialize(readFileSync(/* turbopackIgnore: true */ `${process.env.FLOOR_MEMORY}`));
  const key = memoryKey(name, asked);
  if (!held.latchkeyFloor?.has(key)) throw new Error(`There is nothing in memory for ${key}.`);
  return held.latchkeyFloor.get(key) as Answer;
}
