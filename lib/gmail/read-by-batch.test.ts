import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import type { LabelId, MessageId } from "../domain/mail.ts";
import {
  callsOf,
  countingAccess,
  googleError,
  multipart,
  type PartAnswer,
  sendBatchAnswer,
  sendJson,
  serve,
} from "./local-server.fixture.ts";
import type { MailboxOptions } from "./mailbox.ts";
import { mailboxClient } from "./mailbox-client.ts";

/** A mailbox whose retries do not wait. */
function open(rootUrl: string, rest: Partial<MailboxOptions> = {}) {
  return mailboxClient({ access: countingAccess(), rootUrl, random: () => 0, ...rest });
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `m${index}` as MessageId);

const good = (call: { contentId: string; id: string }): PartAnswer => ({
  contentId: call.contentId,
  status: 200,
  json: { id: call.id, threadId: call.id, payload: {} },
});

const refuse =
  (status: number, reason: string) =>
  (call: { contentId: string }): PartAnswer => ({
    contentId: call.contentId,
    status,
    json: googleError(status, reason),
  });

describe("messages by batch", () => {
  it("are fetched 25 at a time, one batch after the other, and told in the order they were asked for", async () => {
    let running = 0;
    let most = 0;
    const server = await serve((request, response) => {
      running += 1;
      most = Math.max(most, running);
      response.on("finish", () => {
        running -= 1;
      });
      sendBatchAnswer(response, multipart(callsOf(request.body).map(good).reverse()));
    });
    const units: number[] = [];
    const rows = await open(server.rootUrl, { onCall: (call) => units.push(call.units) }).getMessages(
      ids(60),
    );
    expect(rows.map((row) => row.status === "found" && row.message.id)).toEqual(ids(60));
    expect(server.requests.map((request) => callsOf(request.body).length)).toEqual([25, 25, 10]);
    expect(units).toEqual([500, 500, 200]);
    expect(most).toBe(1);
  });

  it("go out as multipart that asks for gzip, without bodies, in one flight of a connection", async () => {
    const server = await serve((request, response) => {
      const text = multipart(callsOf(request.body).map(good));
      response.writeHead(200, {
        "content-type": "multipart/mixed; boundary=batch_answer",
        "content-encoding": "gzip",
      });
      response.end(gzipSync(text));
    });
    const long = ids(25).map((id) => id.padEnd(16, "0") as MessageId);
    expect((await open(server.rootUrl).getMessages(long)).map((row) => row.status)).toEqual(
      Array(25).fill("found"),
    );
    const request = server.requests[0];
    expect(request).toMatchObject({
      path: "/batch/gmail/v1",
      headers: {
        authorization: "Bearer token-1",
        "content-type": "multipart/mixed; boundary=latchkey_batch",
        "accept-encoding": "gzip",
        "user-agent": expect.stringContaining("gzip"),
      },
    });
    expect(request?.body).not.toMatch(/body\/data|body,|attachmentId/);
    // Ten segments of 1,460 bytes.
    expect(request?.body.length).toBeLessThan(14_600);
  });

  it("that are gone, or wrong, are told in their own rows", async () => {
    const server = await serve((request, response) => {
      const [a, b, c] = callsOf(request.body);
      if (!a || !b || !c) throw new Error("three calls were expected");
      const parts = [refuse(400, "invalidArgument")(c), good(a), refuse(404, "notFound")(b)];
      sendBatchAnswer(response, multipart(parts));
    });
    expect(await open(server.rootUrl).getMessages(ids(3))).toMatchObject([
      { status: "found", message: { id: "m0" } },
      { status: "gone", id: "m1" },
      { status: "failed", id: "m2", error: { code: "bad-request" } },
    ]);
    expect(server.requests).toHaveLength(1);
  });

  test.each([429, 500, 503])("that meet a %i are asked for again, alone", async (status) => {
    const server = await serve((request, response, count) => {
      const calls = callsOf(request.body);
      const bad = calls.filter((_, index) => count === 1 && index % 2 === 1);
      const parts = calls.map((call) => (bad.includes(call) ? refuse(status, "x")(call) : good(call)));
      sendBatchAnswer(response, multipart(parts));
    });
    const rows = await open(server.rootUrl).getMessages(ids(5));
    expect(rows.map((row) => row.status === "found" && row.message.id)).toEqual(ids(5));
    expect(server.requests.map((request) => callsOf(request.body).map((call) => call.id))).toEqual([
      ids(5),
      ["m1", "m3"],
    ]);
  });

  it("that never come are told as failed, and the next batch is still read", async () => {
    const server = await serve((request, response) => {
      const kept = callsOf(request.body).filter((call) => call.id !== "m3");
      sendBatchAnswer(response, multipart(kept.map(good)));
    });
    const rows = await open(server.rootUrl).getMessages(ids(26));
    expect(rows[3]).toMatchObject({ status: "failed", id: "m3", error: { reason: "malformed-answer" } });
    expect(rows.filter((row) => row.status === "found")).toHaveLength(25);
    expect(server.requests).toHaveLength(5);
  });

  it("cut off in the middle of an answer are asked for again", async () => {
    const server = await serve((request, response, count) => {
      const text = multipart(callsOf(request.body).map(good));
      sendBatchAnswer(response, count === 1 ? text.slice(0, Math.floor(text.length / 2)) : text);
    });
    const rows = await open(server.rootUrl).getMessages(ids(10));
    expect(rows.map((row) => row.status)).toEqual(Array(10).fill("found"));
    const again = callsOf(server.requests[1]?.body ?? "").length;
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThan(10);
  });

  it("cut off by the connection are asked for again", async () => {
    const server = await serve((request, response, count) => {
      const text = multipart(callsOf(request.body).map(good));
      if (count > 1) return sendBatchAnswer(response, text);
      response.writeHead(200, { "content-type": "multipart/mixed; boundary=batch_answer" });
      response.write(text.slice(0, 300), () => response.destroy());
    });
    const rows = await open(server.rootUrl).getMessages(ids(3));
    expect(rows.map((row) => row.status)).toEqual(Array(3).fill("found"));
  });

  it("all fail, and no further batch is tried, when Gmail stays away", async () => {
    const server = await serve((_, response) => sendJson(response, 503, googleError(503, "backendError")));
    const rows = await open(server.rootUrl).getMessages(ids(60));
    expect(rows).toHaveLength(60);
    expect(rows.every((row) => row.status === "failed" && row.error.code === "unavailable")).toBe(true);
    expect(server.requests).toHaveLength(4);
  });

  it("keep what came before the deadline", async () => {
    const server = await serve((request, response, count) => {
      if (count === 1) sendBatchAnswer(response, multipart(callsOf(request.body).map(good)));
    });
    const rows = await open(server.rootUrl, { deadlineMs: 1_000 }).getMessages(ids(30));
    expect(rows.slice(0, 25).every((row) => row.status === "found")).toBe(true);
    expect(rows.slice(25).every((row) => row.status === "failed" && row.error.code === "timeout")).toBe(true);
  });

  it("wait as long as the slowest part asks, or fail at once", async () => {
    const server = await serve((request, response) => {
      const parts = callsOf(request.body).map(refuse(429, "rateLimitExceeded"));
      const waits = [5, 60, 7];
      const text = multipart(parts).replaceAll(
        "429 Whatever",
        () => `429 Whatever\r\nRetry-After: ${waits.shift()}`,
      );
      sendBatchAnswer(response, text);
    });
    const rows = await open(server.rootUrl).getMessages(ids(3));
    const failed = { status: "failed", error: { code: "rate-limited", retryAfterMs: 60_000 } };
    expect(rows).toMatchObject([failed, failed, failed]);
    expect(server.requests).toHaveLength(1);
  });

  it("renew the token once for a batch that is one 401", async () => {
    const server = await serve((request, response) =>
      request.headers.authorization === "Bearer token-1"
        ? sendJson(response, 401, googleError(401, "authError"))
        : sendBatchAnswer(response, multipart(callsOf(request.body).map(good))),
    );
    const access = countingAccess();
    const rows = await open(server.rootUrl, { access }).getMessages(ids(30));
    expect(rows.every((row) => row.status === "found")).toBe(true);
    expect(access.renewals).toEqual(["token-1"]);
    expect(server.requests).toHaveLength(3);
  });

  it("renew the token before they wait for anything else", async () => {
    const server = await serve((request, response) => {
      const [a, b] = callsOf(request.body);
      if (!a || !b) throw new Error("two calls were expected");
      const stale = request.headers.authorization === "Bearer token-1";
      const parts = stale
        ? [refuse(429, "rateLimitExceeded")(a), refuse(401, "authError")(b)]
        : [good(a), good(b)];
      sendBatchAnswer(response, multipart(parts));
    });
    const rows = await open(server.rootUrl, { attempts: 1 }).getMessages(ids(2));
    expect(rows.map((row) => row.status)).toEqual(["found", "found"]);
  });

  it("renew the token once for parts with 401, and repeat only these", async () => {
    const server = await serve((request, response) => {
      const calls = callsOf(request.body);
      const refused = request.headers.authorization === "Bearer token-1" ? calls.slice(1) : [];
      const parts = calls.map((call) =>
        refused.includes(call) ? refuse(401, "authError")(call) : good(call),
      );
      sendBatchAnswer(response, multipart(parts));
    });
    const access = countingAccess();
    const rows = await open(server.rootUrl, { access }).getMessages(ids(3));
    expect(rows.every((row) => row.status === "found")).toBe(true);
    expect(access.renewals).toEqual(["token-1"]);
    expect(callsOf(server.requests[1]?.body ?? "").map((call) => call.id)).toEqual(["m1", "m2"]);
  });

  test.each<[string, Parameters<typeof serve>[0]]>([
    ["bad-request", (_, response) => sendJson(response, 400, googleError(400, "badRequest"))],
    ["api-disabled", (_, response) => sendJson(response, 403, googleError(403, "accessNotConfigured"))],
    [
      "scope-missing",
      (request, response) => {
        sendBatchAnswer(
          response,
          multipart(callsOf(request.body).map(refuse(403, "insufficientPermissions"))),
        );
      },
    ],
  ])("are %s as a whole when that is no message's own fault", async (code, answer) => {
    const server = await serve(answer);
    await expect(open(server.rootUrl).getMessages(ids(2))).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it("are not taken for gone when the batch address itself is not there", async () => {
    const server = await serve((_, response) => sendJson(response, 404, googleError(404, "notFound")));
    const rows = await open(server.rootUrl).getMessages(ids(2));
    expect(rows).toMatchObject(Array(2).fill({ status: "failed", error: { code: "unavailable" } }));
  });

  it("cost nothing when none are asked for", async () => {
    expect(await open("http://127.0.0.1:1/").getMessages([])).toEqual([]);
  });

  it("of one user wait for each other across mailboxes", async () => {
    let running = 0;
    let most = 0;
    const server = await serve((request, response) => {
      running += 1;
      most = Math.max(most, running);
      setImmediate(() => {
        running -= 1;
        sendBatchAnswer(response, multipart(callsOf(request.body).map(good)));
      });
    });
    const read = () => open(server.rootUrl, { queueKey: "user-1" }).getMessages(ids(30));
    await Promise.all([read(), read(), read()]);
    expect(server.requests).toHaveLength(6);
    expect(most).toBe(1);
  });
});

it("counts labels by batch, without one that is gone", async () => {
  const server = await serve((request, response) => {
    const parts = callsOf(request.body).map((call) =>
      call.id === "Label_2"
        ? refuse(404, "notFound")(call)
        : { ...good(call), json: { id: call.id, messagesTotal: 7, messagesUnread: 2 } },
    );
    sendBatchAnswer(response, multipart(parts));
  });
  const counts = await open(server.rootUrl).countLabels(["INBOX", "Label_2", "Label 3/x"] as LabelId[]);
  expect([...counts.keys()]).toEqual(["INBOX", "Label 3/x"]);
  expect(counts.get("INBOX" as LabelId)).toEqual({ messagesTotal: 7, messagesUnread: 2 });
  expect(server.requests[0]?.body).toContain("/labels/Label%203%2Fx?");
});
