import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { FaultKind, FaultTarget } from "#dev/google/faults.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { requestedScopes } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import type { MessagePage } from "../../domain/message-page.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { troubleWords } from "../../i18n/trouble-words.ts";
import { wordsIn } from "../../i18n/words.ts";
import { requestCopy } from "../../request/read-once.ts";
import { connectAccount } from "../accounts/connect-account.ts";
import {
  type Connected,
  connected,
  exchange,
  expire,
  newPerson,
  stateOf,
} from "../accounts/connected.fixture.ts";
import { type PageRequest, readMessagePage } from "./read-message-page.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 120 });
});
afterAll(() => testbed.close());
beforeEach(async () => {
  await testbed.google.clearFaults();
  await testbed.google.resetCounters();
});

const request = (slug: string, rest: Partial<PageRequest> = {}): PageRequest => {
  const list = mailListOf(slug);
  if (!list) throw new Error(slug);
  return { list, query: "", cursor: "", ...rest };
};

async function page(
  accountId: AccountId,
  slug = "all",
  rest: Partial<PageRequest> = {},
): Promise<MessagePage> {
  const outcome = await readMessagePage(requestCopy(accountId), request(slug, rest));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.page;
}

async function trouble(
  accountId: AccountId,
  slug = "all",
  rest: Partial<PageRequest> = {},
): Promise<Trouble> {
  const outcome = await readMessagePage(requestCopy(accountId), request(slug, rest));
  if (outcome.ok) throw new Error("It was served.");
  return outcome.trouble;
}

const idsOf = ({ rows }: MessagePage) =>
  rows.map((row) => (row.kind === "message" ? row.message.id : row.id));

/** What Gmail lists, asked for as plainly as possible. */
async function listed({ tokens }: Connected, query: string): Promise<string[]> {
  const answer = await fetch(`${testbed.google.url}/gmail/v1/users/me/messages?${query}`, {
    headers: { authorization: `Bearer ${tokens.accessToken}` },
  });
  const { messages = [] } = (await answer.json()) as { messages?: { id: string }[] };
  return messages.map(({ id }) => id);
}

/** A label of one's own that these many of the newest messages carry. */
async function labelled(account: Connected, count: number): Promise<{ slug: string; ids: string[] }> {
  const { email } = account.identity;
  const { id } = await testbed.google.createLabel(email, `Label of ${count}`);
  const ids = await listed(account, `maxResults=${count}`);
  await testbed.google.relabel(email, ids, { add: [id] });
  return { slug: id, ids };
}

type Order = FaultKind & { target?: FaultTarget; count?: number };

const strike = ({ identity: { email } }: Connected, order: Order) =>
  testbed.google.fault({ ...order, email });

describe("a page", () => {
  it("has fifty rows in Gmail's order, though batches are answered in any", async () => {
    const account = await connected(testbed.google);
    const expected = await listed(account, "maxResults=50");
    const first = await page(account.accountId);
    expect(first.rows.every(({ kind }) => kind === "message")).toBe(true);
    expect(idsOf(first)).toEqual(expected);
    expect(first).toMatchObject({ from: 1, to: 50, newer: null, startedOver: false });
    const dates = first.rows.flatMap((row) => (row.kind === "message" ? [row.message.internalDateMs] : []));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  });

  it("that is the first and cold costs one list and two batches, and nothing else", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await page(accountId);
    const { byPerson, batchSizes } = await testbed.google.counters();
    const {
      "messages.list": lists,
      batch,
      "token.refresh_token": refreshes,
    } = byPerson[identity.email] ?? {};
    expect({ lists, batch, refreshes }).toEqual({ lists: 1, batch: 2, refreshes: undefined });
    expect(batchSizes).toEqual([25, 25]);
  });

  it("of a label costs one small call more, for the exact count, and no batch", async () => {
    const account = await connected(testbed.google);
    const { slug } = await labelled(account, 60);
    await testbed.google.resetCounters();
    const { total } = await page(account.accountId, slug);
    const { byPerson, batchSizes } = await testbed.google.counters();
    expect(byPerson[account.identity.email]).toMatchObject({ "messages.list": 1, batch: 2, "labels.get": 1 });
    expect(batchSizes).toEqual([25, 25]);
    expect(total?.count).toBe(60);
  });

  it("leads on to the last and back to the first, every message once", async () => {
    const account = await connected(testbed.google);
    const pages = [await page(account.accountId)];
    for (let older = pages[0]?.older; older; older = pages.at(-1)?.older) {
      pages.push(await page(account.accountId, "all", { cursor: older }));
    }
    expect(pages.flatMap(idsOf)).toEqual(await listed(account, "maxResults=500"));
    expect(pages.map(({ from, to }) => [from, to]).slice(0, 2)).toEqual([
      [1, 50],
      [51, 100],
    ]);
    expect(pages.map(({ newer }) => newer === null)).toEqual(pages.map((_, index) => index === 0));
    const [first, second, third] = pages;
    if (!first || !second || !third) throw new Error("There are three pages.");
    expect(second.newer).toBe("");
    const back = await page(account.accountId, "all", { cursor: third.newer ?? "none" });
    expect(idsOf(back)).toEqual(idsOf(second));
    expect(back).toMatchObject({ from: 51, to: 100, startedOver: false });
  });

  it("of an empty label is empty, and says so", async () => {
    const account = await connected(testbed.google);
    const { slug } = await labelled(account, 0);
    expect(await page(account.accountId, slug)).toEqual({
      rows: [],
      from: 1,
      to: 0,
      total: { count: 0, exact: false },
      newer: null,
      older: null,
      startedOver: false,
    });
  });

  it("of the bin shows what is there, and all mail does not", async () => {
    const account = await connected(testbed.google);
    const [id = ""] = await listed(account, "maxResults=1");
    await testbed.google.trash(account.identity.email, [id]);
    expect(idsOf(await page(account.accountId, "bin"))).toContain(id);
    expect(idsOf(await page(account.accountId, "all"))).not.toContain(id);
  });
});

describe("a batch with accidents", () => {
  it("whose parts answer 429 once is asked for these parts again", async () => {
    const account = await connected(testbed.google);
    const expected = await listed(account, "maxResults=50");
    await strike(account, { kind: "batch-parts-429", parts: 7, count: 1 });
    const { rows } = await page(account.accountId);
    expect(rows.filter(({ kind }) => kind === "message")).toHaveLength(50);
    expect(rows.map((row) => (row.kind === "message" ? row.message.id : "lost"))).toEqual(expected);
    expect((await testbed.google.counters()).batchSizes.toSorted((a, b) => a - b)).toEqual([7, 25, 25]);
  });

  it("whose parts answer 429 for good keeps the places of the rows that come later", async () => {
    const account = await connected(testbed.google);
    const expected = await listed(account, "maxResults=50");
    await strike(account, { kind: "batch-parts-429", parts: 3 });
    const missing = await page(account.accountId);
    expect(idsOf(missing)).toEqual(expected);
    expect(missing.rows.filter(({ kind }) => kind === "awaited").length).toBeGreaterThan(0);
  });

  it("that is truncated once is made whole", async () => {
    const account = await connected(testbed.google);
    const expected = await listed(account, "maxResults=50");
    await strike(account, { kind: "batch-truncated", count: 1 });
    const whole = await page(account.accountId);
    expect(idsOf(whole)).toEqual(expected);
    expect(whole.rows.every(({ kind }) => kind === "message")).toBe(true);
  });

  it("that is one 401 costs one refresh and nothing else is seen of it", async () => {
    const account = await connected(testbed.google);
    const expected = await listed(account, "maxResults=50");
    await testbed.google.resetCounters();
    await strike(account, { kind: "batch-401", count: 1 });
    expect(idsOf(await page(account.accountId))).toEqual(expected);
    const { byPerson } = await testbed.google.counters();
    expect(byPerson[account.identity.email]).toMatchObject({ "token.refresh_token": 1 });
  });

  it("that never comes is told, not shown as an empty list", async () => {
    const account = await connected(testbed.google);
    const expected = await listed(account, "maxResults=50");
    await strike(account, { kind: "5xx", target: "batch" });
    const { rows } = await page(account.accountId);
    expect(rows).toEqual(expected.map((id) => expect.objectContaining({ kind: "awaited", id })));
  });
});

describe("an access token that Gmail refuses", () => {
  it("is renewed once, and the page is there", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await testbed.google.expireAccessTokens(identity.email);
    expect((await page(accountId)).rows).toHaveLength(50);
    const { byPerson } = await testbed.google.counters();
    expect(byPerson[identity.email]).toMatchObject({ "token.refresh_token": 1 });
  });

  it("of a grant that was revoked ends in the account's state and its cause", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await testbed.google.revokeGrant(identity.email);
    const status = { state: "NEEDS_CONSENT", cause: "revoked-by-user" };
    expect(await trouble(accountId)).toEqual({ kind: "account", status });
    expect(await stateOf(accountId)).toEqual(status);
    expect(await trouble(accountId)).toEqual({ kind: "account", status });
  });

  it("again and again, with a good grant, is Google's trouble: the account stays ACTIVE", async () => {
    const account = await connected(testbed.google);
    await strike(account, { kind: "401", target: "gmail" });
    expect(await trouble(account.accountId)).toEqual({ kind: "google-not-answering" });
    expect(await stateOf(account.accountId)).toEqual({ state: "ACTIVE" });
  });
});

describe("a cursor", () => {
  it("of a search that has expired leads to its first page, and says so", async () => {
    const { accountId } = await connected(testbed.google);
    const query = "after:2001/01/01";
    const first = await page(accountId, "all", { query });
    await testbed.google.expirePageTokens();
    const again = await page(accountId, "all", { query, cursor: first.older ?? "none" });
    expect(again).toMatchObject({ from: 1, startedOver: true, newer: null });
    expect(idsOf(again)).toEqual(idsOf(first));
  });

  it("past the end leads to the first page, and says so", async () => {
    const account = await connected(testbed.google);
    const { slug, ids } = await labelled(account, 60);
    const first = await page(account.accountId, slug);
    expect(first).toMatchObject({ to: 50, total: { count: 60 } });
    await testbed.google.relabel(account.identity.email, ids.slice(50), { remove: [slug] });
    const past = await page(account.accountId, slug, { cursor: first.older ?? "none" });
    expect(past).toMatchObject({ from: 1, to: 50, startedOver: true, older: null });
  });

  it.each(["nonsense", "null", "e30", "%00", "x".repeat(10_000)])(
    "that is none (%s) leads to the first page, and says so",
    async (cursor) => {
      const { accountId } = await connected(testbed.google);
      expect(await page(accountId, "all", { cursor })).toMatchObject({ from: 1, startedOver: true });
    },
  );

  it("of another label, past the end of this one, leads to its first page", async () => {
    const account = await connected(testbed.google);
    const { slug, ids } = await labelled(account, 5);
    const { older } = await page(account.accountId);
    const other = await page(account.accountId, slug, { cursor: older ?? "none" });
    expect(other).toMatchObject({ startedOver: true });
    expect(idsOf(other)).toEqual(ids);
  });
});

test("a message that is gone between the list and the batch is left out", async () => {
  const account = await connected(testbed.google);
  const ids = await listed(account, "maxResults=51");
  await strike(account, { kind: "slow", latencyMs: 800, target: "batch" });
  const reading = page(account.accountId);
  // The list has been answered when the first batch is on its way.
  await expect
    .poll(async () => (await testbed.google.counters()).byPerson[account.identity.email]?.["messages.list"], {
      timeout: 10_000,
    })
    .toBe(2);
  await testbed.google.deleteMessages(account.identity.email, ids.slice(0, 1));
  const seen = await reading;
  expect(idsOf(seen)).toEqual(ids.slice(1, 50));
  expect(seen).toMatchObject({ from: 1, to: 49 });
});

describe("a search", () => {
  it("gives what Gmail finds", async () => {
    const account = await connected(testbed.google);
    const { id } = await testbed.google.deliver(account.identity.email, { subject: "The zeppelin invoice" });
    const found = await page(account.accountId, "all", { query: "subject:zeppelin" });
    expect(idsOf(found)).toEqual([id]);
    expect(found.rows[0]).toMatchObject({ kind: "message", message: { subject: "The zeppelin invoice" } });
  });

  it("that finds nothing is an empty page", async () => {
    const { accountId } = await connected(testbed.google);
    expect(await page(accountId, "all", { query: "from:nobody-at-all" })).toMatchObject({ rows: [], to: 0 });
  });

  it.each(["subject:(", '"', "OR", "after:yesterday-ish"])(
    "that Gmail does not understand (%s) is told",
    async (query) => {
      const { accountId } = await connected(testbed.google);
      const outcome = await readMessagePage(requestCopy(accountId), request("all", { query }));
      // Some of these Gmail reads as words; none may be anything but a page or this trouble.
      if (!outcome.ok) expect(outcome.trouble).toEqual({ kind: "bad-query" });
    },
  );

  it("with an open parenthesis is one of those", async () => {
    const { accountId } = await connected(testbed.google);
    expect(await trouble(accountId, "all", { query: "subject:(" })).toEqual({ kind: "bad-query" });
  });
});

describe("trouble", () => {
  it.each<[string, Order, Trouble]>([
    ["503", { kind: "5xx", target: "gmail" }, { kind: "google-not-answering" }],
    ["a reset", { kind: "reset", target: "gmail" }, { kind: "google-not-answering" }],
    ["no JSON", { kind: "malformed", target: "gmail" }, { kind: "google-not-answering" }],
    ["a truncated list", { kind: "truncated", target: "gmail" }, { kind: "google-not-answering" }],
    [
      "the API off",
      { kind: "403", reason: "accessNotConfigured" },
      { kind: "operator", what: "api-disabled" },
    ],
    ["domain policy", { kind: "403", reason: "domainPolicy" }, { kind: "domain-policy" }],
    ["the daily limit", { kind: "403", reason: "dailyLimitExceeded" }, { kind: "daily-limit" }],
  ])("of %s is told as what it is", async (_, fault, told) => {
    const account = await connected(testbed.google);
    await strike(account, fault);
    expect(await trouble(account.accountId)).toEqual(told);
    expect(await stateOf(account.accountId)).toEqual({ state: "ACTIVE" });
  });

  it("of a rate limit says how long to wait", async () => {
    const account = await connected(testbed.google);
    await strike(account, { kind: "429", retryAfterSeconds: 40, target: "gmail" });
    const now = Date.now();
    const told = await trouble(account.accountId);
    if (told?.kind !== "rate-limited" || told.untilMs === null) throw new Error(JSON.stringify(told));
    expect(told.untilMs).toBeGreaterThanOrEqual(now + 40_000);
    expect(told.untilMs).toBeLessThan(Date.now() + 41_000);
  });

  it.each<[string, Order]>([
    ["503", { kind: "5xx" }],
    ["429", { kind: "429" }],
    ["a reset", { kind: "reset" }],
    ["no JSON", { kind: "malformed" }],
  ])("of a token endpoint that answers %s is Google's, and passes", async (_, fault) => {
    const account = await connected(testbed.google);
    await expire(account.accountId);
    await strike(account, { ...fault, target: "token" });
    expect(await trouble(account.accountId)).toEqual({ kind: "google-not-answering" });
    expect(await stateOf(account.accountId)).toEqual({ state: "ACTIVE" });
    await testbed.google.clearFaults(account.identity.email);
    expect((await page(account.accountId)).rows).not.toEqual([]);
  });

  it("of a token endpoint that refuses our client is the operator's", async () => {
    const account = await connected(testbed.google);
    await expire(account.accountId);
    await strike(account, { kind: "refuse-token-endpoint", as: "invalid_client" });
    expect(await trouble(account.accountId)).toEqual({ kind: "operator", what: "client-refused" });
  });

  it("of a key that another client was given says that reconnecting helps", async () => {
    const account = await connected(testbed.google);
    await expire(account.accountId);
    await strike(account, { kind: "refuse-token-endpoint", as: "unauthorized_client" });
    const told = { kind: "operator", what: "client-changed" } as const;
    expect(await trouble(account.accountId)).toEqual(told);
    expect(troubleWords(wordsIn("en"), told).remedy).toBe("reconnect");
    expect(await stateOf(account.accountId)).toEqual({ state: "ACTIVE" });
  });

  it("of a missing permission changes the account's state, with one event", async () => {
    const identity = await newPerson(testbed.google);
    const scopes = requestedScopes.slice(0, 3);
    const tokens = {
      ...(await exchange(testbed.google, identity, { scopes })),
      scopes: [...requestedScopes],
    };
    const outcome = await connectAccount({ identity, tokens, currentUserId: null, reconnecting: null });
    if (!outcome.connected) throw new Error(outcome.refusal);
    const status = { state: "NEEDS_CONSENT", cause: "scope-missing" };
    expect(await trouble(outcome.accountId)).toEqual({ kind: "account", status });
    expect(await stateOf(outcome.accountId)).toEqual(status);
    const where = { accountId: outcome.accountId, action: "account-needs-consent" };
    expect(await database().auditEvent.count({ where })).toBe(1);
  });
});
