import { expect, test } from "vitest";
import type { MessageId, ThreadId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { listOlder } from "./list-beside.ts";
import type { Lists } from "./recent-lists.ts";

const list = mailListOf("all");
if (!list) throw new Error("There is all mail.");

/** Gmail's lists, one after the other; each page leads to the one with the token beside it. */
function answering(page: (asked: number) => { ids: string[]; next: string | null }) {
  let asked = 0;
  const lists: Lists = {
    list: async () => {
      const { ids, next } = page(asked);
      asked += 1;
      return {
        ids: ids.map((id) => ({ id: id as MessageId, threadId: id as ThreadId })),
        nextPageToken: next,
        resultSizeEstimate: 0,
      };
    },
    failure: () => null,
    note: () => {},
  };
  return { lists, asked: () => asked };
}

const nothing = {} as Parameters<typeof listOlder>[0];

test("pages that lead in a circle are not followed", async () => {
  const { lists, asked } = answering(() => ({ ids: [], next: "again" }));
  expect(await listOlder(nothing, lists, list, null)).toEqual({ ids: [], more: true });
  expect(asked()).toBe(2);
});

test("of empty pages without an end some are asked for, and no more", async () => {
  const { lists, asked } = answering((count) => ({ ids: [], next: `page-${count}` }));
  await listOlder(nothing, lists, list, null);
  expect(asked()).toBe(10);
});
