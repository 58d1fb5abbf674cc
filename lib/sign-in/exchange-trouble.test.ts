import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultKind } from "#dev/google/faults.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import { newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { Browser } from "./browser.fixture.ts";

let testbed: Testbed;

beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

test.concurrent.each<[string, FaultKind, string]>([
  ["is unavailable", { kind: "refuse-token-endpoint", as: "503" }, "google-unavailable"],
  ["asks for a pause", { kind: "429" }, "google-unavailable"],
  ["hangs up", { kind: "reset" }, "google-unavailable"],
  ["never answers", { kind: "timeout" }, "google-unavailable"],
  ["answers half", { kind: "truncated" }, "google-unavailable"],
  ["answers nonsense", { kind: "malformed" }, "google-unavailable"],
  ["does not know the client", { kind: "refuse-token-endpoint" }, "misconfigured"],
])(
  "when the token endpoint %s, the sign-in stores nothing and says why, and works the next time",
  async (_, fault, reason) => {
    const { email } = await newPerson(testbed.google);
    const browser = new Browser();
    await testbed.google.fault({ ...fault, target: "token", email });
    expect(await browser.signIn(email)).toMatch(new RegExp(`^/sign-in-problem\\?.*reason=${reason}`));
    expect(browser.session).toBeUndefined();
    expect(await database().user.count({ where: { email } })).toBe(0);
    expect(await database().account.count({ where: { email } })).toBe(0);
    await testbed.google.clearFaults(email);
    // Google remembers the consent, and gives its key only with the first code: it is asked for once more.
    expect(await browser.signIn(email)).toMatch(/^\/consent\?reason=no-refresh-token&/);
    expect(browser.session).toBeDefined();
  },
);
