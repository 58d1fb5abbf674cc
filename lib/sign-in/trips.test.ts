import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import { newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { hashSessionToken } from "../use-cases/accounts/sessions.ts";
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

/** Whose session a browser holds. */
async function signedInAs({ session = "" }: Browser): Promise<string | undefined> {
  const row = await database().session.findUnique({
    where: { tokenHash: hashSessionToken(session) },
    include: { user: true },
  });
  return row?.user?.email;
}

test("a browser on a trip holds one small cookie that says nothing; the rest is on the server", async () => {
  await browser.begin({ callbackUrl: "/mail/x/inbox?q=lantern" });
  expect([...browser.cookies.keys()]).toEqual(["latchkey.browser"]);
  expect(browser.cookies.get("latchkey.browser")).toMatch(/^[\w-]{43}$/);
  await browser.signIn(await person());
  expect([...browser.cookies.keys()].sort()).toEqual(["latchkey.browser", "latchkey.session"]);
});

test("what NextAuth needs is kept encrypted, and forgotten once it was used", async () => {
  const email = await person();
  const callback = await browser.goToGoogle(email);
  const newest = () => database().signInFlow.findFirstOrThrow({ orderBy: { startedAt: "desc" } });
  const checks = Object.values((await newest()).checks as Record<string, string>);
  expect(checks).toHaveLength(3);
  // Direct encryption with A256GCM under a key made of NEXTAUTH_SECRET.
  for (const jwe of checks) {
    const [head = ""] = jwe.split(".");
    expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({ alg: "dir", enc: "A256GCM" });
  }
  await browser.comeBack(callback);
  expect(await newest()).toMatchObject({ checks: {}, landing: expect.stringMatching(/\/inbox$/) });
  const stored = JSON.stringify(await newest());
  expect(stored).not.toContain(browser.session);
});

test("the door signs in, whoever has signed in meanwhile in that browser: each person is themselves", async () => {
  const [first, second] = [await person(), await person()];
  const secondsWayBack = await browser.goToGoogle(second, { purpose: "sign-in" });
  await browser.signIn(first);
  await browser.comeBack(secondsWayBack);
  expect(await signedInAs(browser)).toBe(second);
  expect((await accountOf(first)).userId).not.toBe((await accountOf(second)).userId);
});

test("the door's form, pressed while another person is signed in, connects nothing to them", async () => {
  const [first, second] = [await person(), await person()];
  await browser.signIn(first);
  await browser.comeBack(await browser.goToGoogle(second, { purpose: "sign-in" }));
  expect(await signedInAs(browser)).toBe(second);
  expect((await accountOf(first)).userId).not.toBe((await accountOf(second)).userId);
  expect(await database().session.count({ where: { user: { email: first } } })).toBe(0);
});

test("connecting adds the account to whoever asks, and keeps their session", async () => {
  const [owner, further] = [await person(), await person()];
  await browser.signIn(owner);
  const session = browser.session;
  const landing = await browser.comeBack(
    await browser.goToGoogle(further, { purpose: "connect", callbackUrl: "/accounts" }),
  );
  const account = await accountOf(further);
  expect(landing).toBe(`/accounts?note=connected&account=${account.id}`);
  expect(account.userId).toBe((await accountOf(owner)).userId);
  expect(browser.session).toBe(session);
});

test("a form that connects, sent without a session, leads to a sentence and goes nowhere near Google", async () => {
  for (const form of [{ purpose: "connect" }, { reconnect: "0190a000-0000-7000-8000-000000000001" }]) {
    expect(await browser.begin(form)).toMatch(/^\/sign-in-problem\?reason=sign-in-first/);
  }
  browser.cookies.set("latchkey.session", "x".repeat(43));
  expect(await browser.begin({ purpose: "connect" })).toMatch(/^\/sign-in-problem\?reason=sign-in-first/);
});

test("a form that reconnects somebody else's account, or one that is gone, begins nothing", async () => {
  const [mine, theirs] = [await person(), await person()];
  await new Browser().signIn(theirs);
  await browser.signIn(mine);
  const trips = await database().signInFlow.count();
  const { id } = await accountOf(theirs);
  for (const reconnect of [id, "0190a000-0000-7000-8000-000000000001", "no-id"]) {
    expect(await browser.begin({ reconnect })).toBe("/accounts");
  }
  expect(await database().signInFlow.count()).toBe(trips);
});

test("a reconnect names the account to Google by its sub, whatever the form says besides", async () => {
  const email = await person();
  await browser.signIn(email);
  const { id, sub } = await accountOf(email);
  const authorization = new URL(
    await browser.begin({ reconnect: id, login_hint: "other@example.org" }, "consent"),
  );
  expect(authorization.searchParams.get("login_hint")).toBe(sub);
  expect(authorization.searchParams.get("prompt")).toBe("consent");
});

test("a trip that connects ends with the session that began it, even for the same person", async () => {
  const [owner, further] = [await person(), await person()];
  await browser.signIn(owner);
  const wayBack = await browser.goToGoogle(further, { purpose: "connect" });
  await browser.signIn(owner);
  expect(await browser.comeBack(wayBack)).toMatch(/^\/sign-in-problem\?reason=sign-in-first&purpose=connect/);
  expect(await exchangesOf(further)).toBe(0);
});

test("a trip that connects, finished by another person's session, connects nothing to anybody", async () => {
  const [owner, other, further] = [await person(), await person(), await person()];
  await browser.signIn(owner);
  const wayBack = await browser.goToGoogle(further, { purpose: "connect" });
  await browser.signIn(other);
  expect(await browser.comeBack(wayBack)).toMatch(/reason=sign-in-first/);
  expect(await database().account.count({ where: { email: further } })).toBe(0);
});

test("the way back of another browser's trip signs nobody in, with whatever cookies were planted", async () => {
  const attacker = new Browser();
  const theirs = await person();
  const wayBack = await attacker.goToGoogle(theirs);
  const state = new URL(wayBack).searchParams.get("state") ?? "";
  const planted = {
    "next-auth.state": state,
    "latchkey.state": state,
    "latchkey.flow": `${state}.-`,
    "latchkey.check.state": state,
    "latchkey.browser": "x".repeat(43),
    "latchkey.session.0": "planted",
  };
  for (const [name, value] of Object.entries(planted)) browser.cookies.set(name, value);
  expect(await browser.comeBack(wayBack)).toMatch(/^\/sign-in-problem\?reason=state-missing/);
  expect(browser.session).toBeUndefined();
  expect(await exchangesOf(theirs)).toBe(0);
});

test("a trip that an attacker began to connect, finished in the victim's browser with a planted cookie, connects nothing", async () => {
  const attacker = new Browser();
  const [attackers, victims, further] = [await person(), await person(), await person()];
  await attacker.signIn(attackers);
  const wayBack = await attacker.goToGoogle(further, { purpose: "connect" });
  await browser.signIn(victims);
  browser.cookies.set("latchkey.browser", attacker.cookies.get("latchkey.browser") ?? "");
  expect(await browser.comeBack(wayBack)).toMatch(/reason=sign-in-first/);
  expect(await exchangesOf(further)).toBe(0);
  expect(await signedInAs(browser)).toBe(victims);
});

test("cookies whose names only begin like the session's are no part of it", async () => {
  const email = await person();
  await browser.signIn(email);
  browser.cookies.set("latchkey.session.1", "planted");
  browser.cookies.set("latchkey.sessions", "planted");
  const answer = await browser.visit("/api/auth/session");
  expect(await answer.json()).toMatchObject({ user: { email } });
});

test("another NextAuth application's cookies on this host are neither set nor cleared", async () => {
  const others = {
    "next-auth.session-token": "theirs",
    "__Secure-next-auth.session-token": "theirs",
    "next-auth.csrf-token": "theirs",
    "next-auth.callback-url": "http%3A%2F%2Flocalhost%3A4000",
    "next-auth.state": "theirs",
    "next-auth.session-token.0": "theirs",
  };
  for (const [name, value] of Object.entries(others)) browser.cookies.set(name, value);
  await browser.signIn(await person());
  await browser.visit("/api/auth/session");
  await browser.post("/api/auth/signout", { callbackUrl: "/" });
  expect(browser.session).toBeUndefined();
  for (const [name, value] of Object.entries(others)) expect(browser.cookies.get(name)).toBe(value);
  const ours = [...browser.cookies.keys()].filter((name) => !(name in others));
  expect(ours.every((name) => name.startsWith("latchkey."))).toBe(true);
});
