import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { safeReturnPath, signInPath } from "./return-path.ts";

const here = "https://latchkey.example";

/** Where a browser that is on Latchkey goes when it is sent there. */
const leadsTo = (location: string) => new URL(location, here);

describe("a path on this server stays as it is", () => {
  it.each([
    "/mail",
    "/mail/0190a000-0000-7000-8000-000000000001/inbox?q=from%3Amaya+%22a+b%22&cursor=abc",
    "/accounts",
    "/admin/accounts?after=x",
    "/consent?callbackUrl=https%3A%2F%2Fevil.test",
    "/mail/a/%D0%BF%D1%80",
  ])("%s", (path) => expect(safeReturnPath(path)).toBe(path));
});

describe("what leads elsewhere becomes /mail", () => {
  it.each([
    "//evil.test",
    "///evil.test",
    "////evil.test/%2e%2e",
    "/\\evil.test",
    "\\\\evil.test",
    "\\/evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "\t//evil.test",
    " //evil.test",
    "\u0000//evil.test",
    "/.//evil.test",
    "/..//evil.test",
    "/a/..//evil.test",
    "/./\\evil.test",
    "https:evil.test",
    "https:/evil.test",
    "https://evil.test",
    "HTTPS://EVIL.TEST/mail",
    "http://same.invalid@evil.test/",
    "http://same.invalid:80@evil.test",
    "https://latchkey.example@evil.test",
    "https://latchkey.example.evil.test",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "blob:http://same.invalid/x",
    "vbscript:x",
    "file:///etc/passwd",
    "ws://same.invalid/",
    "http://[",
    "/api/auth/signout",
    "/api/../api/auth/callback/google",
    "/x/../api/auth/signin",
    "",
    `/${"a".repeat(8_000)}`,
  ])("%j", (asked) => expect(safeReturnPath(asked)).toBe("/mail"));

  it.each([null, undefined])("%s", (asked) => expect(safeReturnPath(asked)).toBe("/mail"));
});

describe("with an origin", () => {
  it("an absolute address of that origin passes as its path", () => {
    expect(safeReturnPath(`${here}/mail/a/inbox?q=x`, "/mail", here)).toBe("/mail/a/inbox?q=x");
    expect(safeReturnPath(`${here}/accounts#part`, "/mail", here)).toBe("/accounts");
  });

  it.each([
    `${here}.evil.test/mail`,
    `${here}:8443/mail`,
    "http://latchkey.example/mail",
    `${here}//evil.test`,
    `${here}/\\evil.test`,
    `https://user@evil.test/${here}`,
  ])("%s does not", (asked) => expect(safeReturnPath(asked, "/accounts", here)).toBe("/accounts"));
});

/** Texts made of what attacks are made of. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        "/",
        "//",
        "\\",
        "/\\",
        ".",
        "..",
        "@",
        ":",
        "?",
        "#",
        "%",
        "%2f",
        "%5c",
        "%09",
        "%00",
        "\t",
        "\n",
        "\r",
      ],
      ...[" ", "\u0000", "\u00a0", "\ufeff", "http:", "https:", "javascript:", "data:", "blob:", "file:"],
      ...[
        "evil.test",
        "same.invalid",
        "latchkey.example",
        "http://same.invalid",
        here,
        "[::1]",
        "api",
        "mail",
        "a",
      ],
    ),
    { maxLength: 9 },
  )
  .map((parts) => parts.join(""));
const anything = fc.oneof(
  { weight: 4, arbitrary: hostile },
  fc.string({ unit: "binary" }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  hostile.map((path) => `/${path}`),
);

test("nothing that anybody asks for takes a browser to another origin, or is unsafe in a Location header", () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(undefined, here), (asked, origin) => {
      const path = safeReturnPath(asked, "/mail", origin);
      expect(leadsTo(path).origin).toBe(here);
      expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      expect(path.startsWith("/api/")).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("what passed once passes again unchanged", () => {
  fc.assert(
    fc.property(anything, (asked) => {
      const path = safeReturnPath(asked);
      fc.pre(path.length <= 2_000);
      expect(safeReturnPath(path)).toBe(path);
    }),
    { numRuns: 2_000 },
  );
});

test("the sign-in page remembers where somebody was going", () => {
  expect(signInPath("/mail")).toBe("/");
  expect(signInPath("/accounts?x=1&y=2")).toBe("/?callbackUrl=%2Faccounts%3Fx%3D1%26y%3D2");
});
