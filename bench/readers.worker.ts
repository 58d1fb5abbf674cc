/** People who read side by side, in a process of their own: each asks for the next page when the last one has come. */
import { Agent } from "node:http";
import { timeInbox } from "./page-clock.ts";
import type { ConnectedPerson } from "./person.ts";

export interface ReadersOrder {
  readonly url: string;
  readonly persons: readonly ConnectedPerson[];
  readonly readers: number;
  readonly forMs: number;
}

export type ReadersAnswer = PagesRead | { readonly error: string };

export interface PagesRead {
  readonly error?: undefined;
  readonly ms: number;
  /** Of each page, to its last byte. */
  readonly pagesMs: readonly number[];
}

async function read({ url, persons, readers, forMs }: ReadersOrder): Promise<PagesRead> {
  const pagesMs: number[] = [];
  // Of this round's own: a server closes connections that have stood still since the last one.
  const agent = new Agent({ keepAlive: true });
  const startedMs = performance.now();
  const readOn = async (reader: number) => {
    const person = persons[reader % persons.length];
    while (person && performance.now() - startedMs < forMs)
      pagesMs.push((await timeInbox(url, person, agent)).ms);
  };
  await Promise.all(Array.from({ length: readers }, (_, reader) => readOn(reader)));
  const ms = performance.now() - startedMs;
  agent.destroy();
  return { ms, pagesMs };
}

process.on("message", (order: ReadersOrder) => {
  read(order).then(
    (answer) => process.send?.(answer),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
