import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { consentPath } from "../session/consent-path.ts";
import { safeReturnPath, signInPath } from "../session/return-path.ts";
import { newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { Browser } from "./browser.fixture.ts";

/** What proxies take by default: 4 kB of an answer's head, 8 kB of a request. */
const longestAnswer = 4_000;
const longestRequest = 6_000;
/** Pages and proxies add headers of their own to a head. */
const longestLocation = 2_600;

let testbed: Testbed;
let browser: Browser;

beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());
beforeEach(() => {
  browser = new Browser();
});

const account = "0190a000-0000-7000-8000-000000000001";
const longSearches: [string, string][] = [
  ["words", "from:somebody OR ".repeat(110)],
  ["Thai", "จดหมาย".repeat(200)],
  ["signs", "=&?/+%".repeat(300)],
  ["beyond all", "a".repeat(20_000)],
];
const pathOf = (q: string) => `/mail/${account}/inbox?${new URLSearchParams({ q })}`;

describe("sixteen sign-ins given up on the way to a long search", () => {
  it.each(longSearches)("of %s leave every request and every answer short", async (_, q) => {
    const callbackUrl = safeReturnPath(pathOf(q));
    for (let trip = 0; trip < 16; trip += 1) await browser.begin({ callbackUrl: pathOf(q) });
    const email = (await newPerson(testbed.google)).email;
    expect(await browser.comeBack(await browser.goToGoogle(email, { callbackUrl }, "cancel"))).toMatch(
      /^\/sign-in-problem\?reason=access-denied/,
    );
    const landing = await browser.comeBack(await browser.goToGoogle(email, { callbackUrl }));
    if (callbackUrl === "/mail") expect(landing).toMatch(/^\/mail\/[^/]+\/inbox$/);
    else expect(landing).toBe(callbackUrl);
    await browser.visit("/api/auth/session");
    await browser.post("/api/auth/signout", { callbackUrl: pathOf(q) });
    expect(browser.longestAnswer).toBeLessThan(longestAnswer);
    expect(browser.longestRequest).toBeLessThan(longestRequest);
    expect(browser.cookies.size).toBeLessThanOrEqual(2);
  });
});

describe("no address that carries where one was going grows long", () => {
  it.each(longSearches)("for a search of %s", (_, q) => {
    const nested = consentPath(account, "revoked-by-user", pathOf(q));
    for (const location of [signInPath(pathOf(q)), nested, signInPath(nested), safeReturnPath(pathOf(q))]) {
      expect(location.length).toBeLessThan(longestLocation);
    }
  });

  it("and a search of usual length is kept whole, through the door and the consent page", () => {
    const path = pathOf("from:maya subject:(harvest report) has:attachment before:2026/11/01 ".repeat(5));
    const door = new URL(signInPath(path), "http://here.invalid");
    expect(door.searchParams.get("callbackUrl")).toBe(path);
    const consent = new URL(consentPath(account, "expired", path), "http://here.invalid");
    expect(consent.searchParams.get("callbackUrl")).toBe(path);
  });

  it("a search that is too long is left out, and its list is not", () => {
    expect(safeReturnPath(pathOf("a".repeat(3_000)))).toBe(`/mail/${account}/inbox`);
  });
});

test("parameters that somebody adds to the way back do not come back in an answer", async () => {
  const long = "x".repeat(3_000);
  const wayBack = `/api/auth/callback/google?${new URLSearchParams({ error: long, state: long, code: long })}`;
  await browser.visit(wayBack);
  await browser.visit(`/api/auth/signin?callbackUrl=${long}`);
  await browser.visit(`/api/auth/error?error=${long}`);
  expect(browser.longestAnswer).toBeLessThan(600);
});

test("what the former scheme left in a browser is cleared, one trip at a time", async () => {
  const names = [
    "next-auth.state",
    "next-auth.pkce.code_verifier",
    "next-auth.nonce",
    "next-auth.callback-url",
  ];
  for (let trip = 0; trip < 6; trip += 1) {
    const suffix = `.AAAAAAAAAAA${trip}`;
    for (const name of [...names, "latchkey.flow"]) browser.cookies.set(name + suffix, "v".repeat(200));
  }
  const sizes = [];
  for (let visit = 0; visit < 7; visit += 1) {
    sizes.push(browser.cookies.size);
    await browser.begin();
  }
  expect(sizes).toEqual([30, 26, 21, 16, 11, 6, 1]);
  expect(browser.longestAnswer).toBeLessThan(longestAnswer);
});
