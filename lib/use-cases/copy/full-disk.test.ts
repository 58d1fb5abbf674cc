import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { asJob } from "../../db/as-job.ts";
import { database } from "../../db/client.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { requestCopy } from "../../request/read-once.ts";
import { connected, newPerson } from "../accounts/connected.fixture.ts";
import { readLabelCounts, readLabels } from "../lists/read-labels.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { readMessage } from "../messages/read-message.ts";
import { workOnMailbox } from "../sync/work-on-mailbox.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());

/** As PostgreSQL answers when no table can grow. */
async function fillDisk(): Promise<void> {
  await database().$executeRawUnsafe(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = '53100'; END $$`);
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'graphile_worker') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`;
  for (const { name } of tables)
    await database().$executeRawUnsafe(
      `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION no_room()`,
    );
}

const emptyDisk = () => database().$executeRawUnsafe("DROP FUNCTION no_room CASCADE");

test("with a full disk a fresh mailbox's page and a message are shown, and kept when there is room again", async () => {
  const { accountId } = await connected(testbed.google, await newPerson(testbed.google, 20));
  const list = mailListOf("all");
  if (!list) throw new Error("There is all mail.");
  const page = (query = "") => readMessagePage(requestCopy(accountId), { list, query, cursor: "" });
  const kept = () => database().copiedMessage.count({ where: { accountId } });
  // Google gives a new token, which cannot be kept either.
  await database().credential.update({ where: { accountId }, data: { accessTokenExpiresAt: new Date(0) } });
  await fillDisk();
  const shown = await page();
  if (!shown.ok) throw new Error(shown.trouble.kind);
  const [row] = shown.page.rows;
  expect(row?.kind).toBe("message");
  expect(await kept()).toBe(0);
  const rail = await readLabels(requestCopy(accountId));
  if (!rail.ok) throw new Error(rail.trouble.kind);
  expect(rail.labels.map(({ id }) => id)).toContain("INBOX");
  expect((await readLabelCounts(accountId, rail)).size).toBeGreaterThan(0);
  expect(await page("in:anywhere")).toMatchObject({ ok: true });
  if (row?.kind === "message")
    expect(await readMessage(accountId, row.message.id)).toMatchObject({ ok: true });
  // The queue tries again by itself.
  const job = () =>
    asJob(() => workOnMailbox({ task: "fill-mailbox", accountId }, new AbortController().signal));
  await expect(job()).rejects.toThrow(/53100|No space left/);
  await emptyDisk();
  await job();
  expect(await kept()).toBeGreaterThan(0);
  expect((await page()).ok).toBe(true);
});
