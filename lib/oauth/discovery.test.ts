import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { discoverEndpoints } from "./discovery.ts";

afterEach(() => vi.useRealTimers());

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location?: string;
}

/** Serves a discovery document as `answer` says, once `ready` settles; counts how often it is asked. */
async function issuerOf(answer: (issuer: string, count: number) => Answer, ready = Promise.resolve()) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url ?? "");
    await ready;
    const { status, text, location } = answer(issuer, asked.length);
    response.writeHead(status, location ? { location } : {});
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { issuer, asked };
}

const good = (issuer: string): Answer => ({
  status: 200,
  text: JSON.stringify({
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/keys`,
  }),
});

test("the endpoints are asked for once an hour", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
  const { issuer, asked } = await issuerOf(good);
  expect(await discoverEndpoints(issuer, 5_000)).toEqual({
    authorization: `${issuer}/authorize`,
    token: `${issuer}/token`,
    revocation: `${issuer}/revoke`,
    keys: `${issuer}/keys`,
  });
  vi.setSystemTime(new Date("2026-11-21T12:59:59Z"));
  await discoverEndpoints(issuer, 5_000);
  expect(asked).toEqual(["/.well-known/openid-configuration"]);
  vi.setSystemTime(new Date("2026-11-21T13:00:01Z"));
  await discoverEndpoints(issuer, 5_000);
  expect(asked).toHaveLength(2);
});

test("twenty who ask at once are answered by one question; a failure is told to all, and asked again", async () => {
  const { issuer, asked } = await issuerOf((own, count) =>
    count === 1 ? { status: 503, text: "" } : good(own),
  );
  const all = () => Promise.allSettled(Array.from({ length: 20 }, () => discoverEndpoints(issuer, 5_000)));
  expect(new Set((await all()).map(({ status }) => status))).toEqual(new Set(["rejected"]));
  expect(asked).toHaveLength(1);
  expect(new Set((await all()).map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
  expect(asked).toHaveLength(2);
});

test("whoever joins a question that hangs waits no longer than their own deadline", async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const { issuer, asked } = await issuerOf(good, answered);
  const first = discoverEndpoints(issuer, 60_000);
  await expect(discoverEndpoints(issuer, 50)).rejects.toMatchObject({ name: "OAuthError", code: "timeout" });
  answer();
  expect((await first).token).toBe(`${issuer}/token`);
  expect(asked).toHaveLength(1);
});

test("issuers are kept apart", async () => {
  const [one, other] = await Promise.all([issuerOf(good), issuerOf(good)]);
  expect((await discoverEndpoints(one.issuer, 5_000)).token).toContain(one.issuer);
  expect((await discoverEndpoints(other.issuer, 5_000)).token).toContain(other.issuer);
});

test("a failure is not kept", async () => {
  const { issuer } = await issuerOf((issuer, count) =>
    count === 1 ? { status: 503, text: "" } : good(issuer),
  );
  await expect(discoverEndpoints(issuer, 5_000)).rejects.toMatchObject({ code: "unavailable", status: 503 });
  expect((await discoverEndpoints(issuer, 5_000)).token).toBe(`${issuer}/token`);
});

test.each(["", "<!doctype html>", "{}", '{"token_endpoint":"https://x/token"}', '{"token_endpoint":7}'])(
  "the document %j is malformed",
  async (text) => {
    const { issuer } = await issuerOf(() => ({ status: 200, text }));
    await expect(discoverEndpoints(issuer, 5_000)).rejects.toMatchObject({ code: "malformed-answer" });
  },
);

test("a redirect names nobody's endpoints: tokens would be sent there", async () => {
  const elsewhere = await issuerOf(good);
  const { issuer } = await issuerOf(() => ({
    status: 302,
    text: "",
    location: `${elsewhere.issuer}/.well-known/openid-configuration`,
  }));
  await expect(discoverEndpoints(issuer, 5_000)).rejects.toMatchObject({ code: "unavailable" });
  expect(elsewhere.asked).toEqual([]);
});

test.each(["token_endpoint", "revocation_endpoint", "jwks_uri"])(
  "a document whose %s would be spoken to in clear is not believed",
  async (name) => {
    const { issuer } = await issuerOf((issuer) => {
      const document = JSON.parse(good(issuer).text) as Record<string, string>;
      return { status: 200, text: JSON.stringify({ ...document, [name]: "http://accounts.example.org/x" }) };
    });
    await expect(discoverEndpoints(issuer, 5_000)).rejects.toMatchObject({ code: "malformed-answer" });
  },
);
