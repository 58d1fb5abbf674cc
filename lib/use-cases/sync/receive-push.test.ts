import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { type Connected, connected, newPerson } from "../accounts/connected.fixture.ts";
import { fill, headOf } from "../copy/copy.fixture.ts";
import { receivePush } from "./receive-push.ts";
import { workOnMailbox } from "./work-on-mailbox.ts";

const sender = { audience: "our-subscription", serviceAccount: "push@project.example" };

let testbed: Testbed;
let account: Connected;
beforeAll(async () => {
  testbed = await startTestbed({
    messages: 3,
    env: { PUBSUB_AUDIENCE: sender.audience, PUBSUB_SERVICE_ACCOUNT: sender.serviceAccount },
  });
  account = await connected(testbed.google, await newPerson(testbed.google));
  await fill(account.accountId);
});
afterAll(() => testbed.close());
beforeEach(() => database().$executeRaw`DELETE FROM graphile_worker._private_jobs`);

const nowSeconds = () => Math.floor(Date.now() / 1000);

const goodClaims = () => ({
  iss: testbed.google.url,
  aud: sender.audience,
  email: sender.serviceAccount,
  email_verified: true,
  sub: "1",
  iat: nowSeconds(),
  exp: nowSeconds() + 3600,
});

const news = async (): Promise<object> => ({
  emailAddress: account.identity.email.toUpperCase(),
  historyId: Number((await headOf(account.accountId)).historyId) + 1,
});

interface Push {
  readonly claims?: object;
  readonly told?: unknown;
  readonly messageId?: string;
  readonly authorization?: string;
  readonly body?: string;
}

async function push({ claims = {}, told, messageId = newId(), authorization, body }: Push = {}) {
  const token = await testbed.google.sign({ ...goodClaims(), ...claims });
  const data = Buffer.from(JSON.stringify(told ?? (await news()))).toString("base64");
  const message = { message: { data, messageId }, subscription: "projects/p/subscriptions/s" };
  const request = new Request("http://latchkey.example/api/google/push", {
    method: "POST",
    headers: { authorization: authorization ?? `Bearer ${token}` },
    body: body ?? JSON.stringify(message),
  });
  return receivePush(request);
}

const waiting = async (): Promise<string[]> => {
  const jobs = await database().$queryRaw<{ task_identifier: string }[]>`
    SELECT task_identifier FROM graphile_worker.jobs`;
  return jobs.map(({ task_identifier }) => task_identifier);
};

describe("a push", () => {
  it("of news brings the account's turn forward, whatever the case of its address", async () => {
    expect(await push()).toBe("taken");
    expect(await waiting()).toEqual(["sync-mailbox"]);
  });

  it("that comes twice makes one job, and a replayed one none", async () => {
    const messageId = newId();
    await Promise.all([push({ messageId }), push({ messageId }), push()]);
    expect(await waiting()).toEqual(["sync-mailbox"]);
    await database().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    expect(await push({ messageId })).toBe("taken");
    expect(await waiting()).toEqual([]);
  });

  it("that is late, and tells what is worked in already, makes none", async () => {
    const { historyId } = await headOf(account.accountId);
    const { emailAddress } = (await news()) as { emailAddress: string };
    expect(await push({ told: { emailAddress, historyId } })).toBe("taken");
    expect(await push({ told: { emailAddress, historyId: "1" } })).toBe("taken");
    expect(await waiting()).toEqual([]);
  });

  it("about a mailbox that is not here is taken, and nothing comes of it", async () => {
    expect(await push({ told: { emailAddress: "nobody@example.org", historyId: 99 } })).toBe("taken");
    expect(await waiting()).toEqual([]);
  });

  it.each<[string, () => Push]>([
    ["of another issuer", () => ({ claims: { iss: "https://evil.example" } })],
    ["for another audience", () => ({ claims: { aud: "https://other.example/push" } })],
    ["of another service account", () => ({ claims: { email: "push@other.example" } })],
    ["of an address that Google has not verified", () => ({ claims: { email_verified: false } })],
    ["with a verified address that is a word", () => ({ claims: { email_verified: "true" } })],
    ["without an address", () => ({ claims: { email: undefined } })],
    ["that has run out", () => ({ claims: { iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 } })],
    ["of yesterday that claims to be good for a week", () => ({ claims: { iat: nowSeconds() - 86_400 } })],
    ["without an end", () => ({ claims: { exp: undefined } })],
    ["from the future", () => ({ claims: { iat: nowSeconds() + 3600 } })],
    ["without a signature", () => ({ authorization: `Bearer ${unsigned()}` })],
    ["that is none", () => ({ authorization: "Bearer nonsense" })],
    ["in another scheme", () => ({ authorization: "Basic YTpi" })],
    ["that is missing", () => ({ authorization: "" })],
  ])("with a token %s is refused", async (_, forged) => {
    expect(await push(forged())).toBe("forged");
    expect(await waiting()).toEqual([]);
  });

  it("whose signature was made with another key is refused", async () => {
    const token = await testbed.google.sign(goodClaims());
    const [head = "", , signature = ""] = token.split(".");
    const claims = Buffer.from(JSON.stringify({ ...goodClaims(), sub: "2" })).toString("base64url");
    expect(await push({ authorization: `Bearer ${head}.${claims}.${signature}` })).toBe("forged");
  });

  it.each([
    ["no JSON", "nonsense"],
    ["nothing", "{}"],
    ["data that is no JSON", JSON.stringify({ message: { data: "%%%", messageId: "1" } })],
    ["no history id", envelopeOf({ emailAddress: "a@example.org" })],
    ["a history id that is none", envelopeOf({ emailAddress: "a@example.org", historyId: "1; DROP TABLE" })],
    ["far too much", "x".repeat(100_000)],
  ])("that is genuine and holds %s is acknowledged, since it would come again for ever", async (_, body) => {
    expect(await push({ body })).toBe("unreadable");
    expect(await push({ body, authorization: "Bearer nonsense" })).toBe("forged");
    expect(await waiting()).toEqual([]);
  });

  it("names a mailbox as Gmail does, however the account was called when it was connected", async () => {
    const { accountId, identity } = account;
    const newEmail = `renamed-${identity.email}`;
    await testbed.google.changePerson(identity.email, { newEmail });
    try {
      const sync = { task: "sync-mailbox", accountId } as const;
      await database().account.update({ where: { id: accountId }, data: { lastReadAt: null } });
      await workOnMailbox(sync, new AbortController().signal);
      const historyId = Number((await headOf(accountId)).historyId) + 1;
      expect(await push({ told: { emailAddress: newEmail, historyId } })).toBe("taken");
      expect(await waiting()).toEqual(["sync-mailbox"]);
    } finally {
      await testbed.google.changePerson(newEmail, { newEmail: identity.email });
    }
  });

  it("of an address that looks like another in a wider alphabet is about nothing of ours", async () => {
    const { accountId, identity } = account;
    await database().account.update({ where: { id: accountId }, data: { email: "kim@example.org" } });
    const historyId = Number((await headOf(accountId)).historyId) + 1;
    expect(await push({ told: { emailAddress: "\u212Aim@example.org", historyId } })).toBe("taken");
    expect(await waiting()).toEqual([]);
    expect(await push({ told: { emailAddress: "KIM@example.org", historyId } })).toBe("taken");
    expect(await waiting()).toEqual(["sync-mailbox"]);
    await database().account.update({ where: { id: accountId }, data: { email: identity.email } });
  });

  it("is judged by Google's new keys after they were changed", async () => {
    await testbed.google.rotateKeys();
    await expect.poll(() => push(), { timeout: 15_000, interval: 250 }).toBe("taken");
  });
});

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part(goodClaims())}.AA`;
}

function envelopeOf(told: object): string {
  const data = Buffer.from(JSON.stringify(told)).toString("base64");
  return JSON.stringify({ message: { data, messageId: newId() } });
}
