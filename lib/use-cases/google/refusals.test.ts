import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { troubleWords } from "../../i18n/trouble-words.ts";
import { wordsIn } from "../../i18n/words.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, newPerson, stateOf } from "../accounts/connected.fixture.ts";
import { readMessagePage } from "../lists/read-message-page.ts";

let testbed: Testbed;
let account: Connected;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());
beforeEach(async () => {
  await testbed.google.clearFaults();
  account = await connected(testbed.google, await newPerson(testbed.google, 2));
});

async function told(query: string, slug = "all"): Promise<Trouble | null> {
  const list = mailListOf(slug);
  if (!list) throw new Error(slug);
  const outcome = await readMessagePage(requestCopy(account.accountId), { list, query, cursor: "" });
  return outcome.ok ? null : outcome.trouble;
}

const nobody = "Trying again does not help";

describe("Gmail's refusal of a search", () => {
  it.each<[number, string, string, Trouble, string]>([
    [400, "invalidArgument", "Invalid query: (", { kind: "bad-query" }, "quotation marks"],
    [
      400,
      "invalidArgument",
      "Request contains an invalid argument.",
      { kind: "bad-query" },
      "quotation marks",
    ],
    [400, "badRequest", "Bad Request", { kind: "bad-query" }, "quotation marks"],
    [400, "failedPrecondition", "Mail service not enabled", { kind: "no-mailbox" }, "Workspace admin"],
    [400, "failedPrecondition", "Precondition check failed.", { kind: "no-mailbox" }, "Workspace admin"],
    [400, "FAILED_PRECONDITION", "Mail service not enabled", { kind: "no-mailbox" }, "Workspace admin"],
    [400, "invalidArgument", "Invalid label: Label_7", { kind: "unknown-label" }, "deleted"],
    [400, "invalidArgument", "labelId not found", { kind: "unknown-label" }, "deleted"],
    [403, "accessNotConfigured", "", { kind: "operator", what: "api-disabled" }, "Whoever runs this"],
    [403, "CONSUMER_SUSPENDED", "", { kind: "operator", what: "project-refused" }, "Whoever runs this"],
    [403, "BILLING_DISABLED", "", { kind: "operator", what: "project-refused" }, "Whoever runs this"],
    [403, "domainPolicy", "", { kind: "domain-policy" }, "Workspace admin"],
    [403, "forbidden", "Delegation denied for a@example.org", { kind: "delegation-denied" }, "Reconnect"],
    [403, "forbidden", "Forbidden", { kind: "refused" }, nobody],
    [403, "dailyLimitExceeded", "", { kind: "daily-limit" }, "admin"],
    [403, "userRateLimitExceeded", "", { kind: "rate-limited", untilMs: null }, "ends by itself"],
    [403, "rateLimitExceeded", "", { kind: "rate-limited", untilMs: null }, "ends by itself"],
    [403, "quotaExceeded", "", { kind: "rate-limited", untilMs: null }, "ends by itself"],
    [412, "conditionNotMet", "Precondition Failed", { kind: "refused" }, nobody],
    [500, "internalError", "Internal error", { kind: "google-not-answering" }, "passes by itself"],
  ])(
    "with %i %s (%s) is told as what it is, and who can change it",
    async (status, reason, message, trouble, who) => {
      await testbed.google.fault({ kind: "error", status, reason, message, method: "messages.list" });
      const met = await told("subject:a");
      expect(met).toEqual(trouble);
      expect(met && troubleWords(wordsIn("en"), met).text).toContain(who);
      expect(await stateOf(account.accountId)).toEqual({ state: "ACTIVE" });
    },
  );

  it.each(["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"])(
    "for want of a permission (%s) asks for consent",
    async (reason) => {
      await testbed.google.fault({ kind: "error", status: 403, reason, method: "messages.list" });
      expect(await told("subject:a")).toMatchObject({ kind: "account", status: { cause: "scope-missing" } });
      expect(await stateOf(account.accountId)).toMatchObject({ state: "NEEDS_CONSENT" });
    },
  );
});

it("a list that Gmail refuses without a search says nothing of searching", async () => {
  const { email } = account.identity;
  await testbed.google.fault({
    kind: "error",
    status: 400,
    reason: "invalidArgument",
    method: "messages.list",
    email,
  });
  expect(await told("")).toEqual({ kind: "refused" });
});

it("an account without Gmail is told so on its first page", async () => {
  const { email } = account.identity;
  const message = "Mail service not enabled";
  await testbed.google.fault({
    kind: "error",
    status: 400,
    reason: "failedPrecondition",
    message,
    target: "gmail",
    email,
  });
  expect(await told("", "inbox")).toEqual({ kind: "no-mailbox" });
});
