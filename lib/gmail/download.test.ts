import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { MessageId } from "../domain/mail.ts";
import { FieldStream } from "./field-stream.ts";
import { countingAccess, googleError, sendJson, serve } from "./local-server.fixture.ts";
import type { MailboxOptions } from "./mailbox.ts";
import { mailboxClient } from "./mailbox-client.ts";

const id = "m1" as MessageId;

function open(rootUrl: string, rest: Partial<MailboxOptions> = {}) {
  return mailboxClient({ access: countingAccess(), rootUrl, random: () => 0, ...rest });
}

const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => (index * 7) % 256));

it("gives the same bytes however the answer is cut up, whatever stands around them", () => {
  const around = fc.dictionary(
    fc.constantFrom("a", "id", "labelIds", 'q"\\', "size"),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      around,
      around,
      fc.array(fc.nat(200)),
      fc.boolean(),
      (content, before, after, cuts, isPadded) => {
        const base64url = Buffer.from(content).toString("base64url");
        const padding = isPadded ? "=".repeat((4 - (base64url.length % 4)) % 4) : "";
        const nested = { data: "bm90IHRoaXM" };
        const json = Buffer.from(JSON.stringify({ ...before, nested, data: base64url + padding, ...after }));
        const stream = new FieldStream("data");
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, json.length)).sort((a, b) => a - b),
          json.length,
        ];
        const decoded = edges.slice(1).map((end, at) => stream.feed(json.subarray(edges[at], end)));
        expect(Buffer.concat(decoded).equals(Buffer.from(content))).toBe(true);
        expect(stream.isFound).toBe(true);
        expect(() => JSON.parse(stream.around)).not.toThrow();
      },
    ),
  );
});

it("reads padding that is written as an escape, cut anywhere", () => {
  const json = Buffer.from('{"data":"_-8\\u003d"}');
  for (let cut = 0; cut <= json.length; cut += 1) {
    const stream = new FieldStream("data");
    const decoded = Buffer.concat([stream.feed(json.subarray(0, cut)), stream.feed(json.subarray(cut))]);
    expect(decoded.toString("hex"), String(cut)).toBe("ffef");
  }
});

it("renews the token on a 401, and tries again what passes, before the first byte", async () => {
  const server = await serve((_, response, count) => {
    if (count === 1) sendJson(response, 401, googleError(401, "authError"));
    else if (count === 2) sendJson(response, 503, googleError(503, "backendError"));
    else sendJson(response, 200, { id, raw: bytes.toString("base64url") });
  });
  const access = countingAccess();
  expect(await buffer(await open(server.rootUrl, { access }).openRawMessage(id))).toEqual(bytes);
  expect(access.renewals).toEqual(["token-1"]);
  expect(server.requests).toHaveLength(3);
});

it.each([
  [404, googleError(404, "notFound"), "not-found"],
  [403, googleError(403, "insufficientPermissions"), "scope-missing"],
  [429, googleError(429, "rateLimitExceeded"), "rate-limited"],
  [200, { error: { code: 500 } }, "unavailable"],
  [200, { size: 9 }, "unavailable"],
  [200, [], "unavailable"],
])("says what an answer of %i with %j means, before the first byte", async (status, json, code) => {
  const server = await serve((_, response) => sendJson(response, status, json));
  await expect(open(server.rootUrl, { attempts: 1 }).openAttachment(id, "a")).rejects.toMatchObject({ code });
});

it("takes an attachment of no bytes for empty", async () => {
  const server = await serve((_, response) => sendJson(response, 200, { size: 0 }));
  expect(await buffer(await open(server.rootUrl).openAttachment(id, "a"))).toHaveLength(0);
});

it("that breaks off in the middle is an error, never a shorter file", async () => {
  const half = `{"size":1000,"data":"${bytes.toString("base64url").slice(0, 800)}`;
  const cut = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(half, () => response.destroy());
  });
  await expect(open(cut.rootUrl, { attempts: 1 }).openAttachment(id, "a").then(buffer)).rejects.toMatchObject(
    {
      code: "unavailable",
    },
  );
  const ended = await serve((_, response) => response.writeHead(200).end(half));
  await expect(
    open(ended.rootUrl, { attempts: 1 }).openAttachment(id, "a").then(buffer),
  ).rejects.toMatchObject({
    reason: "malformed-answer",
  });
});

it("lets go of the answer when it is left before a byte was taken", async () => {
  const { promise: isClosed, resolve: closed } = Promise.withResolvers<void>();
  const server = await serve((_, response) => {
    response.once("close", closed);
    response.writeHead(200, { "content-type": "application/json" });
    response.write(`{"size":2000,"data":"${bytes.toString("base64url")}`);
  });
  const download = await open(server.rootUrl).openAttachment(id, "a");
  expect(download.sizeBytes).toBe(2_000);
  await download[Symbol.asyncIterator]().return?.();
  await isClosed;
});

it("goes on after the deadline for its first bytes, and ends when its reader leaves", async () => {
  const leaving = new AbortController();
  const { promise: isClosed, resolve: closed } = Promise.withResolvers<void>();
  const server = await serve((_, response) => {
    response.once("close", closed);
    response.writeHead(200, { "content-type": "application/json" });
    response.write(`{"data":"${bytes.toString("base64url")}`);
  });
  const download = await open(server.rootUrl, { deadlineMs: 400, signal: leaving.signal }).openAttachment(
    id,
    "a",
  );
  const chunks = download[Symbol.asyncIterator]();
  expect((await chunks.next()).value?.length).toBeGreaterThan(500);
  const next = chunks.next();
  await expect(Promise.race([next, whenFired(AbortSignal.timeout(800))])).resolves.toBe("fired");
  leaving.abort();
  await expect(next).rejects.toThrow();
  await isClosed;
});

const whenFired = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("fired")));

it("takes no more of twelve downloads of 30 MB than their readers do", async () => {
  const megabyte = Buffer.alloc(1_048_576, "QUJD");
  let written = 0;
  const server = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"size":31457280,"data":"');
    let left = 40;
    const more = () => {
      while (left > 0) {
        left -= 1;
        written += megabyte.length;
        if (!response.write(megabyte)) {
          response.once("drain", more);
          return;
        }
      }
      response.end('"}');
    };
    more();
  });
  const mailbox = open(server.rootUrl);
  const downloads = await Promise.all(Array.from({ length: 12 }, () => mailbox.openAttachment(id, "a")));
  const readers = downloads.map((download) => download[Symbol.asyncIterator]());
  for (const reader of readers) await reader.next();
  // 480 MB wait to be sent; what was sent has filled buffers on the way, and no more.
  expect(written).toBeLessThan(12 * 8 * megabyte.length);
  const [first, ...others] = readers;
  for (const reader of others) await reader.return?.();
  let length = 0;
  const before = process.memoryUsage.rss();
  for (let next = await first?.next(); next && !next.done; next = await first?.next())
    length += next.value.length;
  expect(length).toBeGreaterThan(29_000_000);
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
});
