/** What the pages of the floor app are rendered from: the answers of the very use cases that Latchkey's pages ask. */
import { writeFile } from "node:fs/promises";
import { serialize } from "node:v8";
import { mailListOf } from "#lib/domain/mail-list.ts";
import { requestCopy } from "#lib/request/read-once.ts";
import { readSessionOwner } from "#lib/use-cases/accounts/session-owner.ts";
import { readLabels } from "#lib/use-cases/lists/read-labels.ts";
import { readMessagePage } from "#lib/use-cases/lists/read-message-page.ts";
import { type Memory, memoryKey } from "./from-memory.ts";
import type { ConnectedPerson } from "./person.ts";

/** Which exports of which use cases the floor app answers from memory. */
export const remembered: Readonly<Record<string, readonly string[]>> = {
  "accounts/session-owner": ["readSessionOwner"],
  "lists/read-labels": ["readLabels"],
  "lists/read-message-page": ["readMessagePage"],
};

/** Writes down what the inboxes of these people are made of. */
export async function writeMemory(file: string, persons: readonly ConnectedPerson[]): Promise<void> {
  const memory: Memory = new Map();
  for (const person of persons) await remember(memory, person);
  await writeFile(file, serialize(memory));
}

async function remember(memory: Memory, { accountId, cookies }: ConnectedPerson): Promise<void> {
  const keep = (name: string, asked: readonly unknown[], answer: unknown) =>
    memory.set(memoryKey(name, asked), answer);
  const token = cookies[0]?.value ?? "";
  const list = mailListOf("inbox");
  if (!list) throw new Error("There is no inbox.");
  const request = { list, query: "", cursor: "" };
  keep("readSessionOwner", [token], await readSessionOwner(token));
  const copy = requestCopy(accountId);
  keep("readLabels", [copy], await readLabels(copy));
  keep("readMessagePage", [copy, request], await readMessagePage(copy, request));
}
