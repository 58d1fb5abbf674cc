import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type App, mayaEmail, startApp } from "./app.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** As a browser may send it: `fetch` would set some of these headers itself. */
function send(path: string, { method = "GET", headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; text: string; location: string | undefined }>((resolve, reject) => {
    const sent = request(`${app.google.url}${path}`, { method, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += String(chunk);
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location }),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const json = { "content-type": "application/json" };
const button = {
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: `email=${mayaEmail}&action=revoke`,
};

/** Every way to see or to change what this Google holds. */
const controls: [string, Sent][] = [
  ["/", {}],
  ["/control/state", {}],
  ["/control/counters", {}],
  ["/control/grant", { method: "POST", headers: json, body: JSON.stringify({ email: mayaEmail }) }],
  ["/control/reset", { method: "POST", headers: json, body: "{}" }],
  ["/control/form", button],
];

const elsewhere: [string, Record<string, string>][] = [
  ["a page elsewhere", { origin: "https://attacker.example" }],
  ["a page without an origin", { origin: "null" }],
  ["another port of this machine", { origin: "http://127.0.0.1:3000" }],
  ["our own name with https", { origin: "https://127.0.0.1" }],
  ["a malformed origin", { origin: "::" }],
  [
    "a form elsewhere, sent without its origin",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
  ],
  ["another port, sent without its origin", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
  [
    "a frame elsewhere",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
  ],
];

describe.each(controls)("%s", (path, sent) => {
  it.each(elsewhere)("is closed to %s", async (_, headers) => {
    const { people } = await app.control.state();
    expect((await send(path, { ...sent, headers: { ...sent.headers, ...headers } })).status).toBe(403);
    expect((await app.control.state()).people).toEqual(people);
  });
});

const hosts = [
  "attacker.example",
  "127.0.0.1",
  "127.0.0.1:1",
  "localhost.attacker.example:PORT",
  "127.0.0.1.attacker.example:PORT",
  "attacker.example:PORT",
  "0.0.0.0:PORT",
];

describe.each([...controls.map(([path, sent]) => [path, sent] as const), ["/token", button] as const])(
  "%s",
  (path, sent) => {
    it.each(hosts)("is not there under the name %s", async (host) => {
      const headers = { ...sent.headers, host: host.replace("PORT", String(app.google.port)) };
      const { status, text } = await send(path, { ...sent, headers });
      expect(status).toBe(421);
      expect(text).not.toContain(mayaEmail);
    });
  },
);

describe("open to", () => {
  it.each(["127.0.0.1", "localhost", "LOCALHOST"])("its own page under the name %s", async (name) => {
    const host = `${name}:${app.google.port}`;
    const own = {
      host,
      origin: `http://${host}`,
      "sec-fetch-site": "same-origin",
      "sec-fetch-mode": "navigate",
    };
    const { status, location } = await send("/control/form", {
      ...button,
      headers: { ...button.headers, ...own },
    });
    expect(status).toBe(303);
    expect(location).toMatch(/^\/\?done=/);
    expect(
      (await send("/control/state", { headers: { host, "sec-fetch-site": "same-origin" } })).status,
    ).toBe(200);
  });

  it("a typed address, and a link to the page", async () => {
    const link = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    for (const site of ["none", "cross-site", "same-site"]) {
      expect((await send("/", { headers: { ...link, "sec-fetch-site": site } })).status).toBe(200);
    }
    const { status } = await send("/control/state", { headers: { ...link, "sec-fetch-site": "cross-site" } });
    expect(status).toBe(403);
  });

  it("programs, which send neither", async () => {
    expect((await send("/control/state")).status).toBe(200);
  });
});

test("the page lets its own buttons say where they come from", async () => {
  const { headers } = await fetch(app.google.url);
  expect(headers.get("referrer-policy")).toBe("same-origin");
});

test("sign-in stays open to other sites, as Google's is", async () => {
  const { pathname, search } = new URL(app.authorizationUrl());
  const headers = { "sec-fetch-site": "cross-site", origin: "null" };
  expect((await send(`${pathname}${search}`, { headers })).status).toBe(200);
});
