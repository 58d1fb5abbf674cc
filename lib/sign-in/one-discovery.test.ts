import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { Browser } from "./browser.fixture.ts";

const asked: string[] = [];
let failing = true;
const google = createServer((request, response) => {
  asked.push(request.url ?? "");
  const own = `http://${request.headers.host}`;
  if (failing) response.writeHead(503).end();
  else
    response.end(
      JSON.stringify({
        issuer: own,
        authorization_endpoint: `${own}/authorize`,
        token_endpoint: `${own}/token`,
        revocation_endpoint: `${own}/revoke`,
        jwks_uri: `${own}/keys`,
      }),
    );
});
let testbed: Testbed;
beforeAll(async () => {
  google.listen(0, "127.0.0.1");
  await once(google, "listening");
  const googleIssuer = `http://127.0.0.1:${(google.address() as AddressInfo).port}`;
  testbed = await startTestbed({ env: { GOOGLE_ISSUER: googleIssuer } });
});
afterAll(async () => {
  google.close();
  await testbed.close();
});

const begin = () => new Browser().begin({ purpose: "sign-in" });

test("a Google that does not say where it is, is said to be out of reach; the next form asks again", async () => {
  expect(await begin()).toMatch(/^\/sign-in-problem\?reason=google-unavailable/);
  failing = false;
  expect(await begin()).toContain("/authorize?");
});

test("twenty sign-in forms at once, and those after them, ask Google nothing", async () => {
  asked.length = 0;
  const locations = await Promise.all(Array.from({ length: 20 }, begin));
  expect(locations.every((location) => location.includes("/authorize?"))).toBe(true);
  expect(asked).toEqual([]);
});
