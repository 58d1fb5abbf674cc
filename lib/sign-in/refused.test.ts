import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import { Browser } from "./browser.fixture.ts";

const [friend, stranger] = ["friend@gmail.com", "stranger@gmail.com"];

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ env: { ALLOWED_EMAILS: friend } });
  for (const email of [friend, stranger])
    await testbed.google.addPerson({ email, name: email, correspondence: "empty" });
});
afterAll(() => testbed.close());

const grantsOf = async (email: string) => {
  const { people } = await testbed.google.state();
  return people.find((person) => person.email === email);
};
const nothing = { liveRefreshTokens: 0, consents: [] };

test("what somebody granted who may not enter is taken back at Google, where nobody here holds it", async () => {
  expect(await new Browser().signIn(stranger)).toMatch(/reason=not-allowed/);
  expect(await grantsOf(stranger)).toMatchObject(nothing);
  expect(await database().account.count()).toBe(0);
});

test("what another account granted that was chosen for a reconnect is taken back too, and the right one's stays", async () => {
  const browser = new Browser();
  await browser.signIn(friend);
  const { id } = await database().account.findFirstOrThrow({ where: { email: friend } });
  expect(await browser.comeBack(await browser.goToGoogle(stranger, { reconnect: id }))).toMatch(
    /reason=not-allowed/,
  );
  expect(await grantsOf(stranger)).toMatchObject(nothing);
  expect(await grantsOf(friend)).toMatchObject({ liveRefreshTokens: 1 });
});

test("a refused person whose account is here keeps its grant: Google would end that account's too", async () => {
  const { id } = await database().account.findFirstOrThrow({ where: { email: friend } });
  await database().account.update({ where: { id }, data: { state: "SUSPENDED", cause: "admin" } });
  expect(await new Browser().signIn(friend)).toMatch(/reason=suspended/);
  expect((await grantsOf(friend))?.liveRefreshTokens).toBeGreaterThan(0);
});

test("while Google does not take it back, the person reads all the same that they may not enter", async () => {
  await testbed.google.fault({ kind: "5xx", target: "revoke" });
  expect(await new Browser().signIn(stranger)).toMatch(/reason=not-allowed/);
  expect((await testbed.google.counters()).byPerson[stranger]?.revoke).toBeGreaterThan(0);
  await testbed.google.clearFaults();
});

test("somebody who is no longer admitted is spoken to in the language that they chose, too", async () => {
  const { sub } = (await grantsOf(stranger)) ?? {};
  const { id, userId } = await database().account.findFirstOrThrow({ where: { email: friend } });
  const theirs = { sub: sub ?? "", email: stranger, state: "ACTIVE", cause: null } as const;
  await database().account.update({ where: { id }, data: theirs });
  await database().user.update({ where: { id: userId }, data: { email: stranger, language: "th" } });
  const browser = new Browser();
  await browser.signIn(stranger);
  expect(await database().account.findFirstOrThrow({ where: { id } })).toMatchObject({
    state: "SUSPENDED",
    cause: "not-admitted",
  });
  expect(browser.session).toBeDefined();
  expect(browser.cookies.get("latchkey.language")).toBe("th");
});
