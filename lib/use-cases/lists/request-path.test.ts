/** What a page asks PostgreSQL, taken from the driver, and how PostgreSQL goes about it among many accounts. */
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, newPerson, signedIn } from "../accounts/connected.fixture.ts";
import { findMyAccount } from "../accounts/my-accounts.ts";
import { readSessionOwner } from "../accounts/session-owner.ts";
import { readPlaceInList } from "../conversations/place-in-list.ts";
import { readConversation } from "../conversations/read-conversation.ts";
import { fill } from "../copy/copy.fixture.ts";
import { readMessage } from "../messages/read-message.ts";
import { mailboxState } from "../sync/mailbox-state.ts";
import { syncIfStale } from "../sync/sync-if-stale.ts";
import { readLabels } from "./read-labels.ts";
import { readMessagePage } from "./read-message-page.ts";

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

let testbed: Testbed;
let account: Connected;
let sent: Sent[] = [];

beforeAll(async () => {
  testbed = await startTestbed({ messages: 400, env: { QUOTA_UNITS_PER_MINUTE: "1000000" } });
  await testbed.google.quota({ on: false });
  account = await connected(testbed.google, await newPerson(testbed.google));
  await fill(account.accountId);
  await crowd();
});
afterAll(() => testbed.close());

/** Thousands of others, with mail; and statistics, as a database has them that has been running for a while. */
async function crowd(): Promise<void> {
  await plain(`
    INSERT INTO "User" (id, email) SELECT gen_random_uuid(), 'crowd-' || n || '@example.com' FROM generate_series(1, 4000) n;
    INSERT INTO "Account" (id, "userId", sub, email, state)
      SELECT gen_random_uuid(), id, 'sub ' || email, email, 'ACTIVE' FROM "User" WHERE email LIKE 'crowd-%';
    INSERT INTO "Credential" ("accountId", scopes) SELECT id, '{}' FROM "Account" ON CONFLICT DO NOTHING;
    INSERT INTO "DataKey" ("accountId", "keyId", wrapped) SELECT id, 'k1', '\\x00' FROM "Account" ON CONFLICT DO NOTHING;
    INSERT INTO "Mirror" ("accountId", "historyId") SELECT id, 1 FROM "Account" ON CONFLICT DO NOTHING;
    INSERT INTO "AdminPin" (email, sub) SELECT email, sub FROM "Account";
    INSERT INTO "Session" ("tokenHash", id, "userId", "accountId")
      SELECT sha256(id::text::bytea), gen_random_uuid(), "userId", id FROM "Account";
    INSERT INTO "MirroredLabel" ("accountId", "labelId") SELECT a.id, l FROM "Account" a, unnest(ARRAY['INBOX', '*', 'SENT']) l
      ON CONFLICT DO NOTHING;
    INSERT INTO "MirroredMessage" ("accountId", "messageId", "internalDate", "historyId", "labelIds", "metadataSealed", "threadId", "senderKey", "senderNameKey")
      SELECT id, 'm' || n, n, 1, '{INBOX}', '\\x00', 't' || n % 9, n, n FROM "Account", generate_series(1, 30) n WHERE email LIKE 'crowd-%';
    INSERT INTO "MessageLabel" ("accountId", "labelId", "internalDate", "messageId")
      SELECT "accountId", l, "internalDate", "messageId" FROM "MirroredMessage", unnest(ARRAY['INBOX', '*']) l
      ON CONFLICT DO NOTHING;
    INSERT INTO "MessageBody" ("accountId", "messageId", "bodySealed")
      SELECT "accountId", "messageId", '\\x00' FROM "MirroredMessage" WHERE "internalDate" < 12;
    SELECT graphile_worker.add_job('sync-mailbox', '{}', queue_name := 'mailbox:' || id, job_key := 'sync-mailbox:' || id)
      FROM "Account" WHERE email LIKE 'crowd-%';
    ANALYZE`);
}

/** Beside the driver that is listened to. */
async function plain(sql: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await client.query(sql, values && [...values]);
  } finally {
    await client.end();
  }
}

/** Everything that is sent while `work` runs. */
async function listen(work: () => Promise<unknown>): Promise<readonly Sent[]> {
  sent = [];
  const query = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [config, values] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
    const asked = typeof config === "string" ? { text: config, values } : config;
    sent.push({ text: asked.text, values: asked.values ?? values ?? [] });
    return query.apply(this, args as never);
  } as never);
  try {
    await work();
    return sent;
  } finally {
    spy.mockRestore();
  }
}

const listOf = (slug: string) => mailListOf(slug) ?? mailListOf("all");

async function page(slug: string, cursor = "") {
  const list = listOf(slug);
  if (!list) throw new Error(slug);
  const outcome = await readMessagePage(requestCopy(account.accountId), { list, query: "", cursor });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.page;
}

/** What a request for a page, for a message and for what is open beside them asks. */
async function everyRequest(): Promise<void> {
  await readSessionOwner(await signedIn(account));
  await findMyAccount(account.user, account.accountId);
  const first = await page("inbox");
  const all = await page("all");
  const older = await page("all", all.older ?? "");
  const third = await page("all", older.older ?? "");
  await page("all", third.newer ?? "");
  await page("bin");
  await readLabels(requestCopy(account.accountId));
  await mailboxState(account.accountId);
  const [row] = first.rows;
  const id = (row?.kind === "message" ? row.message.id : "none") as MessageId;
  await readMessage(account.accountId, id); // Opened and kept,
  await readMessage(account.accountId, id); // and read where it was kept.
  await readConversation(requestCopy(account.accountId), id, []);
  const list = listOf("inbox");
  if (list) await readPlaceInList(requestCopy(account.accountId), { list, query: "", cursor: "" }, id);
  await syncIfStale(account.accountId);
}

/** Tables whose rows are some account's. */
const byAccount =
  /"(Mirror|MirroredMessage|MessageLabel|MirroredLabel|MessageBody|ListedMessage|FailedMessage|Credential|DataKey)"/;

it("names an account or a key in every query, and no query skips over rows", async () => {
  const queries = await listen(everyRequest);
  expect(queries.length).toBeGreaterThan(20);
  for (const { text, values } of queries) {
    if (byAccount.test(text)) expect(text).toMatch(/"accountId"/);
    // Prisma writes OFFSET into every query that has a limit: nought of it, always.
    const offset = /OFFSET (?:\$(\d+)|(\d+))/i.exec(text);
    if (offset) expect(Number(offset[1] ? values[Number(offset[1]) - 1] : offset[2])).toBe(0);
  }
});

it("is answered from indexes alone: no table is read from one end to the other", async () => {
  const queries = await listen(everyRequest);
  const explained = queries.filter(({ text }) => /^\s*(SELECT|WITH|UPDATE|INSERT|DELETE)/i.test(text));
  expect(explained.length).toBeGreaterThan(20);
  for (const { text, values } of explained) {
    const { rows } = await plain(`EXPLAIN ${text}`, values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(`${text}\n${plan}`).not.toMatch(/Seq Scan on "/);
    // graphile-worker's own list of the kinds of jobs fits on one page of disk.
    expect(`${text}\n${plan}`).not.toMatch(/Seq Scan on (?!_private_tasks)\w/);
  }
});

it("is not slower to plan for the number of partitions: one of them is looked at", async () => {
  const queries = await listen(() => page("inbox"));
  const rows = queries.find(({ text }) => text.includes('"MessageLabel"'));
  if (!rows) throw new Error("The rows come from somewhere else.");
  const { rows: plan } = await plain(`EXPLAIN ${rows.text}`, rows.values);
  const partitions = new Set(JSON.stringify(plan).match(/MessageLabel_\d+/g));
  expect([...partitions].filter((name) => !name.endsWith("pkey")).length).toBe(1);
});
