import { beforeAll, describe, expect, it, test } from "vitest";
import { localEnvironment, makeLocalSecrets } from "#dev/local-environment.ts";
import { isPrefetch } from "./is-prefetch.ts";
import { ownAddressOf } from "./own-address.ts";
import { isFromOwnPage } from "./own-origin.ts";
import { refuseForm } from "./refuse-form.ts";

const own = "https://mail.example.org";

beforeAll(() => {
  const places = { databaseUrl: "postgresql://x/x", googleUrl: "http://127.0.0.1:1", port: 3000 };
  Object.assign(process.env, localEnvironment(places, makeLocalSecrets()), { NEXTAUTH_URL: own });
});

describe("a form is our own", () => {
  it.each<[string, Record<string, string>]>([
    ["by its origin", { origin: own }],
    ["by its origin, whatever else is said", { origin: own, "sec-fetch-site": "cross-site" }],
    ["whose origin was made null on the way", { origin: "null", "sec-fetch-site": "same-origin" }],
    ["without an origin", { "sec-fetch-site": "same-origin" }],
  ])("%s", (_, headers) => expect(isFromOwnPage(new Headers(headers))).toBe(true));
});

describe("a form is not our own", () => {
  it.each<[string, Record<string, string>]>([
    ["that says nothing", {}],
    ["from another site", { origin: "https://evil.example" }],
    ["from a sibling", { origin: "https://www.mail.example.org", "sec-fetch-site": "same-site" }],
    [
      "by another name of this server",
      { origin: "https://www.mail.example.org", "sec-fetch-site": "same-origin" },
    ],
    ["by plain http", { origin: "http://mail.example.org" }],
    ["at another port", { origin: "https://mail.example.org:8443" }],
    ["from a frame without an origin", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["from a sibling, with its origin made null", { origin: "null", "sec-fetch-site": "same-site" }],
    ["with an origin made null and nothing else", { origin: "null" }],
    ["that a person typed", { "sec-fetch-site": "none" }],
    ["that was changed on the way", { origin: `${own}, https://evil.example` }],
    ["with an empty origin", { origin: "", "sec-fetch-site": "cross-site" }],
  ])("%s", (_, headers) => expect(isFromOwnPage(new Headers(headers))).toBe(false));
});

test("a refused form is answered with a page that names the right address, and quotes nothing that came", async () => {
  const answer = refuseForm(new Headers({ origin: "https://evil.example" }));
  expect(answer.status).toBe(403);
  const page = await answer.text();
  expect(page).toContain(`<a href="${own}/">${own}</a>`);
  expect(page).toContain("To be safe it was not taken, and nothing was changed.");
  expect(page).not.toContain("evil.example");
});

describe("a page that was asked for", () => {
  const asked = (
    headers: Record<string, string>,
    method = "GET",
    pathname = "/mail/x",
    search = "?q=a%20b",
  ) =>
    ownAddressOf({ method, headers: new Headers(headers), nextUrl: { pathname, search } })?.toString() ??
    null;
  const there = `${own}/mail/x?q=a%20b`;

  it.each<[string, Record<string, string>, string | null]>([
    ["by its own name", { host: "mail.example.org" }, null],
    ["with www.", { host: "www.mail.example.org" }, there],
    ["with WWW.", { host: "WWW.Mail.example.org" }, there],
    ["by a proxy that gives it a name of its own", { host: "127.0.0.1:3000" }, null],
    [
      "by such a proxy that says whose name was typed",
      { host: "latchkey:3000", "x-forwarded-host": "mail.example.org" },
      null,
    ],
    [
      "by such a proxy, with www.",
      { host: "latchkey:3000", "x-forwarded-host": "www.mail.example.org" },
      there,
    ],
    [
      "by a proxy that asks www. for the right name",
      { host: "www.mail.example.org", "x-forwarded-host": "mail.example.org" },
      null,
    ],
    ["by two proxies", { host: "a:1", "x-forwarded-host": "mail.example.org, inner.local" }, null],
    ["with the port that goes without saying", { host: "mail.example.org:443" }, null],
    ["by a name that nobody expects", { host: "post.example.org" }, null],
    ["with a forged name", { host: "mail.example.org", "x-forwarded-host": "evil.example" }, null],
    ["with a forged name that begins well", { host: "www.mail.example.org.evil.example" }, null],
    ["with no name at all", { host: "@/" }, null],
  ])("%s", (_, headers, address) => expect(asked(headers)).toBe(address));

  it("never leads anywhere else, whatever stands in the path", () => {
    for (const path of ["//evil.example/", "/\\evil.example", "/@evil.example", "/%2f%2fevil.example"]) {
      const address = asked({ host: "www.mail.example.org" }, "GET", path, "");
      expect(new URL(address ?? "").origin).toBe(own);
    }
  });

  it("leads nowhere for a form: it would arrive without what was typed", () => {
    expect(asked({ host: "www.mail.example.org" }, "POST")).toBeNull();
  });
});

test("an ordinary visit is no prefetch", () => {
  expect(isPrefetch(new Headers({ "sec-fetch-mode": "navigate", "sec-purpose": "" }))).toBe(false);
});
