import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, it, test } from "vitest";
import type { LabelId, MessageId } from "../domain/mail.ts";
import { GmailError } from "./gmail-error.ts";
import { countingAccess, googleError, sendJson, serve } from "./local-server.fixture.ts";
import type { MailboxOptions } from "./mailbox.ts";
import { mailboxClient } from "./mailbox-client.ts";
import { systemLabels } from "./system-labels.ts";

const labels = systemLabels.map((id) => ({ id, name: id, type: "system" }));

/** A mailbox whose retries do not wait. */
function open(rootUrl: string, rest: Partial<MailboxOptions> = {}) {
  return mailboxClient({ access: countingAccess(), rootUrl, random: () => 0, ...rest });
}

const page = { messages: [{ id: "m1", threadId: "t1" }], nextPageToken: "next", resultSizeEstimate: 201 };

it("asks for gzip in both headers, reads it, and carries the token", async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify(page)));
  });
  const query = { labelIds: ["INBOX" as LabelId], query: "a b&c", pageToken: "p/1", maxResults: 50 };
  expect(await open(server.rootUrl).listMessageIds(query)).toEqual({
    ids: page.messages,
    nextPageToken: "next",
    resultSizeEstimate: 201,
  });
  const request = server.requests[0];
  expect(request?.headers).toMatchObject({
    authorization: "Bearer token-1",
    "accept-encoding": "gzip",
    "user-agent": expect.stringContaining("gzip"),
  });
  const url = new URL(request?.path ?? "", server.rootUrl);
  expect(url.pathname).toBe("/gmail/v1/users/me/messages");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    labelIds: "INBOX",
    q: "a b&c",
    pageToken: "p/1",
    maxResults: "50",
  });
});

it("renews the token once after a 401, and repeats once", async () => {
  const server = await serve((request, response) =>
    request.headers.authorization === "Bearer token-2"
      ? sendJson(response, 200, page)
      : sendJson(response, 401, googleError(401, "authError")),
  );
  const access = countingAccess();
  await open(server.rootUrl, { access }).listMessageIds({ maxResults: 1 });
  expect(access.renewals).toEqual(["token-1"]);
  expect(server.requests).toHaveLength(2);
});

it("is unauthorized when the renewed token is refused too", async () => {
  const server = await serve((_, response) => sendJson(response, 401, googleError(401, "authError")));
  const access = countingAccess();
  const listing = open(server.rootUrl, { access }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "unauthorized", status: 401 });
  expect(access.renewals).toHaveLength(1);
  expect(server.requests).toHaveLength(2);
});

it("renews once even when a 401 follows on a retry", async () => {
  const answers = [401, 503, 401];
  const server = await serve((_, response, count) =>
    sendJson(response, answers[count - 1] ?? 200, googleError(0, "x")),
  );
  const access = countingAccess();
  await expect(open(server.rootUrl, { access }).listLabels()).rejects.toMatchObject({
    code: "unauthorized",
  });
  expect(access.renewals).toHaveLength(1);
  expect(server.requests).toHaveLength(3);
});

test.each(["token", "renew"] as const)("passes on what %s throws, untouched", async (method) => {
  const server = await serve((_, response) => sendJson(response, 401, googleError(401, "authError")));
  const revoked = new Error("the vault's own");
  const access = { ...countingAccess(), [method]: () => Promise.reject(revoked) };
  await expect(open(server.rootUrl, { access }).listLabels()).rejects.toBe(revoked);
  expect(server.requests).toHaveLength(method === "token" ? 0 : 1);
});

test.each([400, 403, 404])("is not repeated after a %i", async (status) => {
  const server = await serve((_, response) => sendJson(response, status, googleError(status, "x")));
  await expect(open(server.rootUrl).listLabels()).rejects.toBeInstanceOf(GmailError);
  expect(server.requests).toHaveLength(1);
});

test.each<[string, Parameters<typeof serve>[0]]>([
  ["a 503", (_, response) => sendJson(response, 503, googleError(503, "backendError"))],
  ["a 429", (_, response) => sendJson(response, 429, googleError(429, "rateLimitExceeded"))],
  ["a reset", (_, response) => response.socket?.resetAndDestroy()],
  [
    "a reset in the body",
    (_, response) => void response.write("{", () => response.socket?.resetAndDestroy()),
  ],
  [
    "a body cut short",
    (_, response) =>
      void response.writeHead(200, { "content-length": 99 }).write("{", () => response.destroy()),
  ],
  [
    "JSON cut short",
    (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"labels":['),
  ],
  [
    "gzip cut short",
    (_, response) =>
      void response
        .writeHead(200, { "content-encoding": "gzip" })
        .end(gzipSync('{"labels":[]}').subarray(0, 18)),
  ],
  [
    "gzip that is none",
    (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end("{}"),
  ],
  [
    "a page of HTML",
    (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>hotel Wi-Fi"),
  ],
  ["a redirect", (_, response) => void response.writeHead(302, { location: "/elsewhere" }).end()],
  ["nothing", (_, response) => void response.end()],
])("is repeated after %s", async (_, accident) => {
  const server = await serve((request, response, count) =>
    count < 3 ? accident(request, response, count) : sendJson(response, 200, { labels }),
  );
  expect(await open(server.rootUrl).listLabels()).toHaveLength(labels.length);
  expect(server.requests).toHaveLength(3);
});

it("does not follow a redirect with its token", async () => {
  const server = await serve((_, response) => void response.writeHead(302, { location: "/elsewhere" }).end());
  await expect(open(server.rootUrl).listLabels()).rejects.toMatchObject({ code: "unavailable", status: 302 });
  expect(server.requests.filter((request) => request.path === "/elsewhere")).toEqual([]);
});

it("is made four times at most, and told of each time", async () => {
  const server = await serve((_, response) => response.socket?.resetAndDestroy());
  const calls: unknown[] = [];
  const listing = open(server.rootUrl, { onCall: (call) => calls.push(call) }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "unavailable", reason: "ECONNRESET", status: null });
  expect(server.requests).toHaveLength(4);
  expect(calls).toEqual(Array(4).fill({ method: "labels.list", units: 1 }));
});

it("is unavailable where nobody listens", async () => {
  const listing = open("http://127.0.0.1:1/").listLabels();
  await expect(listing).rejects.toMatchObject({ code: "unavailable", reason: "ECONNREFUSED" });
});

it("fails at once when Google asks for a longer wait than the deadline allows", async () => {
  const server = await serve((_, response) =>
    sendJson(response, 429, googleError(429, "rateLimitExceeded"), { "retry-after": "3600" }),
  );
  const listing = open(server.rootUrl).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "rate-limited", retryAfterMs: 3_600_000 });
  expect(server.requests).toHaveLength(1);
});

it("tries a second time when a server hangs, and ends with its deadline", async () => {
  const server = await serve(() => {});
  const startedAt = performance.now();
  const listing = open(server.rootUrl, { deadlineMs: 600 }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "timeout" });
  expect(performance.now() - startedAt).toBeLessThan(8_000);
  expect(server.requests).toHaveLength(2);
});

it("lets a download use the whole deadline", async () => {
  const server = await serve(() => {});
  const reading = open(server.rootUrl, { deadlineMs: 100 }).openRawMessage("m1" as MessageId);
  await expect(reading).rejects.toMatchObject({ code: "timeout" });
  expect(server.requests).toHaveLength(1);
});

it("counts the wait for a token into the deadline", async () => {
  const access = { ...countingAccess(), token: () => new Promise<string>(() => {}) };
  const listing = open("http://127.0.0.1:1/", { access, deadlineMs: 20 }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "timeout" });
});

it("stops at once when the caller goes away during an answer", async () => {
  const leaving = new AbortController();
  const server = await serve(() => leaving.abort());
  const listing = open(server.rootUrl, { signal: leaving.signal }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "aborted" });
  expect(server.requests).toHaveLength(1);
});

it("stops at once when the caller goes away during a wait", async () => {
  const leaving = new AbortController();
  const server = await serve((_, response) => {
    sendJson(response, 503, googleError(503, "backendError"), { "retry-after": "10" });
  });
  const random = () => {
    queueMicrotask(() => leaving.abort());
    return 0;
  };
  const listing = open(server.rootUrl, { signal: leaving.signal, random }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "aborted" });
  expect(server.requests).toHaveLength(1);
});

it("makes no request when the caller is gone already", async () => {
  const server = await serve((_, response) => sendJson(response, 200, {}));
  const listing = open(server.rootUrl, { signal: AbortSignal.abort("gone") }).listLabels();
  await expect(listing).rejects.toMatchObject({ code: "aborted" });
  expect(server.requests).toHaveLength(0);
});

test.each(["", ".", ".."])("is not made for the id %j, which names no message", async (id) => {
  const server = await serve((_, response) => sendJson(response, 200, {}));
  await expect(open(server.rootUrl).getMessage(id as MessageId)).rejects.toMatchObject({
    code: "not-found",
  });
  expect(server.requests).toHaveLength(0);
});

test.each<[string, Parameters<typeof serve>[0]]>([
  ["refused", (_, response) => sendJson(response, 401, googleError(401, "authError"))],
  ["reset", (_, response) => response.socket?.resetAndDestroy()],
  [
    "cut short",
    (_, response) =>
      void response.writeHead(200, { "content-length": 99 }).write("x", () => response.destroy()),
  ],
  ["hanging", () => {}],
])("leaves no token and no search in the error of one that is %s", async (_, accident) => {
  const server = await serve(accident);
  const error = await open(server.rootUrl, { deadlineMs: 100 })
    .listMessageIds({ query: "from:lover", maxResults: 1 })
    .catch((caught) => caught);
  expect(error).toBeInstanceOf(GmailError);
  const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + error.stack;
  expect(shown).not.toMatch(/token-\d|Bearer|lover/);
});
