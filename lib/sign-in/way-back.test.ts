import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { newPerson, stateOf } from "../use-cases/accounts/connected.fixture.ts";
import { sweepSignInFlows } from "../use-cases/accounts/sign-in-flows.ts";
import { Browser } from "./browser.fixture.ts";

let testbed: Testbed;
let browser: Browser;

beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());
beforeEach(() => {
  browser = new Browser();
});

const person = async () => (await newPerson(testbed.google)).email;
const accountOf = (email: string) => database().account.findFirstOrThrow({ where: { email } });
const exchangesOf = async (email: string) =>
  (await testbed.google.counters()).byPerson[email]?.["token.authorization_code"] ?? 0;
const inbox = /^\/mail\/[^/]+\/inbox$/;

test("twice at once: the code is sent once, both tabs land in the inbox with one session", async () => {
  const email = await person();
  const wayBack = await browser.goToGoogle(email);
  await testbed.google.fault({ kind: "slow", latencyMs: 400, target: "token", email, count: 1 });
  const answers = await Promise.all([browser.visit(wayBack), browser.visit(wayBack), browser.visit(wayBack)]);
  const locations = answers.map(({ headers }) => headers.get("location"));
  expect(new Set(locations).size).toBe(1);
  expect(locations[0]).toMatch(inbox);
  const sessions = answers.map(({ headers }) =>
    headers.getSetCookie().filter((line) => /session/.test(line)),
  );
  expect(sessions[1]).toEqual(sessions[0]);
  expect(sessions[2]).toEqual(sessions[0]);
  expect(await exchangesOf(email)).toBe(1);
  const account = await accountOf(email);
  expect(await stateOf(account.id as AccountId)).toEqual({ state: "ACTIVE" });
  expect(await database().session.count({ where: { userId: account.userId } })).toBe(1);
});

test("twice at once, and Google does not let anybody in: both tabs read why", async () => {
  const email = await person();
  const wayBack = await browser.goToGoogle(email);
  await testbed.google.fault({ kind: "slow", latencyMs: 300, target: "token", email });
  await testbed.google.fault({ kind: "5xx", target: "token", email });
  const locations = await Promise.all([browser.comeBack(wayBack), browser.comeBack(wayBack)]);
  for (const location of locations) expect(location).toMatch(/reason=google-unavailable/);
  await testbed.google.clearFaults(email);
});

test("a second time, by somebody with a session, leads on to where one was going", async () => {
  const email = await person();
  const wayBack = await browser.goToGoogle(email, { callbackUrl: "/accounts?from=there" });
  expect(await browser.comeBack(wayBack)).toBe("/accounts?from=there");
  const session = browser.session;
  expect(await browser.comeBack(wayBack)).toBe("/accounts?from=there");
  expect(browser.session).toBe(session);
  expect(await exchangesOf(email)).toBe(1);
});

test("a second time, after somebody else has signed in there, leads to that person's own mail", async () => {
  const [first, second] = [await person(), await person()];
  const wayBack = await browser.goToGoogle(first);
  await browser.comeBack(wayBack);
  await browser.signIn(second);
  expect(await browser.comeBack(wayBack)).toBe("/mail");
});

test("a tab whose request was written before the first one's session was there is led to a page that leads on", async () => {
  const wayBack = await browser.goToGoogle(await person());
  const beside = new Browser();
  for (const [name, value] of browser.cookies) beside.cookies.set(name, value);
  const landing = await browser.comeBack(wayBack);
  const asked = new URL(await beside.comeBack(wayBack), "http://here.invalid").searchParams;
  expect(Object.fromEntries(asked)).toEqual({
    reason: "code-not-accepted",
    callbackUrl: landing,
    used: "up",
  });
  expect(beside.session).toBeUndefined();
});

test("a second time, signed out by now, signs nobody in", async () => {
  const wayBack = await browser.goToGoogle(await person());
  await browser.comeBack(wayBack);
  await browser.post("/api/auth/signout", {});
  expect(await browser.comeBack(wayBack)).toMatch(/reason=code-not-accepted/);
  expect(browser.session).toBeUndefined();
});

test("another browser with a session is led to its own mail, not to where the first was going", async () => {
  const other = new Browser();
  await other.signIn(await person());
  const wayBack = await browser.goToGoogle(await person(), { callbackUrl: "/accounts?of=the-first" });
  expect(await other.comeBack(wayBack)).toBe("/mail");
  expect(await browser.comeBack(wayBack)).toBe("/accounts?of=the-first");
});

describe("a look ahead at the way back takes nothing", () => {
  it.each<[string, Record<string, string>]>([
    ["a prefetch", { "sec-purpose": "prefetch" }],
    ["a prefetch by a private proxy", { "sec-purpose": "prefetch;anonymous-client-ip" }],
    ["a prerendering", { "sec-purpose": "prefetch;prerender" }],
    ["an older prefetch", { purpose: "prefetch" }],
    ["Firefox's", { "x-moz": "prefetch" }],
    ["Safari's preview", { "x-purpose": "preview" }],
    ["Purpose: prerender", { purpose: "prerender" }],
  ])("%s", async (_, headers) => {
    const email = await person();
    const wayBack = await browser.goToGoogle(email);
    const ahead = await browser.visit(wayBack, headers);
    expect(ahead.status).toBe(503);
    expect(ahead.headers.get("cache-control")).toBe("no-store");
    expect(ahead.headers.getSetCookie()).toEqual([]);
    expect(await exchangesOf(email)).toBe(0);
    expect(await browser.comeBack(wayBack)).toMatch(inbox);
  });

  it("HEAD", async () => {
    const email = await person();
    const wayBack = await browser.goToGoogle(email);
    await browser.visit(wayBack, {}, "HEAD");
    expect(await exchangesOf(email)).toBe(0);
    expect(await browser.comeBack(wayBack)).toMatch(inbox);
  });
});

test("a trip that took longer than a quarter of an hour is not finished; who has a session goes on", async () => {
  const email = await person();
  const late = async () => {
    const wayBack = await browser.goToGoogle(email);
    await database().signInFlow.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } });
    return wayBack;
  };
  expect(await browser.comeBack(await late())).toMatch(/reason=code-not-accepted/);
  await browser.signIn(email);
  expect(await browser.comeBack(await late())).toBe("/mail");
  expect(await exchangesOf(email)).toBe(1);
});

test("whoever was to finish a trip and died does not hold up the next", async () => {
  const wayBack = await browser.goToGoogle(await person());
  await database().signInFlow.updateMany({ data: { claimedAt: new Date(Date.now() - 60_000) } });
  expect(await browser.comeBack(wayBack)).toMatch(/reason=code-not-accepted/);
});

test("a cancelled trip says so once more when it is opened again, and what it was for", async () => {
  const [owner, further] = [await person(), await person()];
  await browser.signIn(owner);
  const wayBack = await browser.goToGoogle(
    further,
    { purpose: "connect", callbackUrl: "/accounts" },
    "cancel",
  );
  const expected = "/sign-in-problem?reason=access-denied&purpose=connect&callbackUrl=%2Faccounts";
  expect(await browser.comeBack(wayBack)).toBe(expected);
  expect(await browser.comeBack(wayBack)).toBe(expected);
});

test("the encrypted answer of a trip is forgotten after a minute, and the trip after a day", async () => {
  await browser.signIn(await person());
  const flow = await database().signInFlow.findFirstOrThrow({ orderBy: { startedAt: "desc" } });
  expect(flow.answerSealed).not.toBeNull();
  const { stateHash } = flow;
  const kept = () => database().signInFlow.findUnique({ where: { stateHash } });
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await database().signInFlow.update({ where: { stateHash }, data: { finishedAt: anHourAgo } });
  await sweepSignInFlows();
  expect(await kept()).toMatchObject({ answerSealed: null, landing: expect.stringMatching(inbox) });
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  await database().signInFlow.update({ where: { stateHash }, data: { expiresAt: longAgo } });
  await sweepSignInFlows();
  expect(await kept()).toBeNull();
});
