import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";

test("Gmail is asked no further when the visitor has left", async ({ context, google, store, newReader }) => {
  const { accountId, email } = await newReader({ messages: 200 });
  await store.holdJobs(accountId);
  const calls = async (method: string) => (await google.counters()).byPerson[email]?.[method] ?? 0;
  const [lists, messages] = [await calls("messages.list"), await calls("messages.get")];
  await google.fault({ kind: "slow", latencyMs: 4_000, target: "batch", email });
  const page = await context.newPage();
  const leaving = page.goto(`/mail/${accountId}/inbox`).catch(() => null);
  // The list is through, so the first of its two batches is on its way; it is held for four seconds.
  await expect.poll(() => calls("messages.list"), { intervals: [20] }).toBeGreaterThan(lists);
  await page.close();
  await leaving;
  await google.clearFaults(email);
  // Batches of one account follow each other: when this page is there, nothing of the other one is to come.
  const stayed = await context.newPage();
  await stayed.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(stayed)).toHaveCount(50);
  const fetched = (await calls("messages.get")) - messages;
  expect(fetched, "this page's 50, and at most the batch that was on its way").toBeLessThanOrEqual(75);
});
