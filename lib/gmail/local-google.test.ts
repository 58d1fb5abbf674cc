import { buffer } from "node:stream/consumers";
import { describe, expect, it, test } from "vitest";
import type { FaultOrder } from "#dev/google/faults.ts";
import type { LabelId, MessageId, MessagePart } from "../domain/mail.ts";
import { connectedGoogle } from "./local-google.fixture.ts";
import type { FetchedMessage } from "./mailbox.ts";

const inbox = ["INBOX" as LabelId];

const found = (rows: readonly FetchedMessage[]) =>
  rows.flatMap((row) => (row.status === "found" ? [row.message] : []));

const partsOf = (part: MessagePart): MessagePart[] => [part, ...part.parts.flatMap(partsOf)];

type Google = Awaited<ReturnType<typeof connectedGoogle>>;

/** Ids of the newest messages of a mailbox. */
async function newest(google: Google, count: number): Promise<MessageId[]> {
  const page = await google.mailbox().listMessageIds({ maxResults: count });
  return page.ids.map(({ id }) => id);
}

async function deliver(
  google: Google,
  letter: Parameters<Google["control"]["deliver"]>[1] = {},
): Promise<MessageId> {
  return (await google.control.deliver(google.email, letter)).id as MessageId;
}

describe("a page of fifty messages", () => {
  it("takes three requests and 1,005 units, and comes in the list's order without bodies", async () => {
    const google = await connectedGoogle();
    const spent: number[] = [];
    const mailbox = google.mailbox({ onCall: ({ units }) => spent.push(units) });
    const page = await mailbox.listMessageIds({ maxResults: 50 });
    const messages = found(await mailbox.getMessages(page.ids.map(({ id }) => id)));

    expect(messages.map(({ id }) => id)).toEqual(page.ids.map(({ id }) => id));
    expect(messages.map(({ threadId }) => threadId)).toEqual(page.ids.map(({ threadId }) => threadId));
    const dates = messages.map(({ internalDateMs }) => internalDateMs);
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    for (const { payload, labelIds } of messages) {
      expect(labelIds.length).toBeGreaterThan(0);
      expect(payload.headers.map(({ name }) => name.toLowerCase())).toContain("from");
      expect(partsOf(payload).every(({ body }) => body.data === null && body.attachmentId === null)).toBe(
        true,
      );
    }
    const counters = await google.control.counters();
    expect(counters.calls).toMatchObject({ "messages.list": 1, batch: 2 });
    expect(counters.batchSizes).toEqual([25, 25]);
    expect(counters.answers["batch part 429"] ?? 0).toBe(0);
    expect(counters.quotaUnits).toBe(1_005);
    expect(spent).toEqual([5, 500, 500]);
  });

  it("is followed by the next, until there is none", async () => {
    const google = await connectedGoogle();
    const mailbox = google.mailbox();
    const seen: MessageId[] = [];
    let pageToken: string | null = null;
    do {
      const page = await mailbox.listMessageIds({ maxResults: 50, ...(pageToken && { pageToken }) });
      seen.push(...page.ids.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(100);
  });

  it("comes whole although Google refuses parts for too many at once", async () => {
    const google = await connectedGoogle();
    const ids = await newest(google, 50);
    await google.control.quota({ concurrentPerUser: 10 });
    expect(found(await google.mailbox().getMessages(ids)).map(({ id }) => id)).toEqual(ids);
    expect((await google.control.counters()).batchSizes).toEqual([25, 15, 5, 25, 15, 5]);
  });

  it("does not trip the limit when three readers want it at once", async () => {
    const google = await connectedGoogle();
    const ids = await newest(google, 50);
    const pages = await Promise.all(
      [1, 2, 3].map(() => google.mailbox({ queueKey: "maya" }).getMessages(ids)),
    );
    expect(pages.map((rows) => found(rows).length)).toEqual([50, 50, 50]);
    const { mostConcurrent, answers } = await google.control.counters();
    expect(mostConcurrent).toBe(25);
    expect(answers["batch part 429"]).toBeUndefined();
  });

  it("is told as rate-limited where the quota of the minute ends", async () => {
    const google = await connectedGoogle();
    const ids = await newest(google, 50);
    await google.control.quota({ unitsPerUserPerMinute: 505 });
    const rows = await google.mailbox({ attempts: 2, deadlineMs: 2_000 }).getMessages(ids);
    expect(found(rows)).toHaveLength(25);
    expect(rows[49]).toMatchObject({ status: "failed", id: ids[49], error: { code: "rate-limited" } });
  });

  it("tells a message that was deleted meanwhile in its own row", async () => {
    const google = await connectedGoogle();
    const ids = await newest(google, 3);
    await google.control.deleteMessages(google.email, ids.slice(1, 2));
    const rows = await google.mailbox().getMessages(ids);
    expect(rows.map(({ status }) => status)).toEqual(["found", "gone", "found"]);
  });

  test.each<FaultOrder>([
    { kind: "batch-truncated" },
    { kind: "batch-parts-429", parts: 7 },
    { kind: "batch-parts-429" },
    { kind: "truncated" },
    { kind: "malformed" },
    { kind: "reset" },
    { kind: "5xx" },
    { kind: "429" },
    { kind: "403", reason: "rateLimitExceeded" },
    { kind: "batch-401" },
  ])("survives one accident: $kind $parts", async (fault) => {
    const google = await connectedGoogle();
    const ids = await newest(google, 50);
    await google.control.fault({ target: "batch", count: 1, ...fault });
    expect(found(await google.mailbox().getMessages(ids)).map(({ id }) => id)).toEqual(ids);
    expect(google.access.renewals).toBe(fault.kind === "batch-401" ? 1 : 0);
  });
});

describe("one message", () => {
  const letter = { subject: "Two files", text: "See below.", html: '<p>See <img src="cid:logo"></p>' };
  const files = {
    attachments: [
      { filename: "a.bin", mimeType: "application/octet-stream", contentBase64: "+/8APg==" },
      { filename: "logo.png", mimeType: "image/png", contentBase64: "iVBORw==", contentId: "logo" },
    ],
  };

  it("is read whole, as RFC 822, and file by file", async () => {
    const google = await connectedGoogle();
    const id = await deliver(google, { ...letter, ...files });
    const mailbox = google.mailbox();
    const parts = partsOf((await mailbox.getMessage(id)).payload);
    const text = parts.find(({ mimeType }) => mimeType === "text/plain")?.body.data ?? "";
    expect(Buffer.from(text, "base64url").toString()).toContain("See below.");
    const raw = (await buffer(await mailbox.openRawMessage(id))).toString();
    expect(raw).toMatch(/^Subject: Two files\r?$/m);
    const file = parts.find(({ filename }) => filename === "a.bin");
    const bytes = await mailbox.getAttachment(id, file?.body.attachmentId ?? "");
    expect(bytes).toEqual(Buffer.from("+/8APg==", "base64"));
    const again = await buffer(await mailbox.openAttachment(id, file?.body.attachmentId ?? ""));
    expect(again).toEqual(bytes);
  });

  it("tells in a list which files it has, and which of them is a picture inside the text", async () => {
    const google = await connectedGoogle();
    const id = await deliver(google, { ...letter, ...files });
    const [message] = found(await google.mailbox().getMessages([id]));
    const named = message ? partsOf(message.payload).filter(({ filename }) => filename !== "") : [];
    expect(named.map(({ filename, body }) => [filename, body.sizeBytes])).toEqual(
      expect.arrayContaining([
        ["a.bin", 4],
        ["logo.png", 4],
      ]),
    );
    const logo = named.find(({ filename }) => filename === "logo.png");
    expect(logo?.headers.map(({ name }) => name.toLowerCase())).toContain("content-id");
  });

  it("is not found when it is gone", async () => {
    const google = await connectedGoogle();
    const id = await deliver(google);
    await google.control.deleteMessages(google.email, [id]);
    await expect(google.mailbox().getMessage(id)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("history", () => {
  it("tells what came, went and was relabelled since", async () => {
    const google = await connectedGoogle();
    const mailbox = google.mailbox();
    const [kept = "", removed = ""] = await newest(google, 2);
    const { historyId } = await mailbox.getProfile();
    const added = await deliver(google);
    await google.control.relabel(google.email, [kept], { add: ["STARRED"] });
    await google.control.relabel(google.email, [kept], { remove: ["STARRED"] });
    await google.control.deleteMessages(google.email, [removed]);

    const page = await mailbox.listHistory(historyId);
    const all = <T>(pick: (record: (typeof page.records)[number]) => readonly T[]) =>
      page.records.flatMap(pick);
    expect(all((record) => record.added)).toMatchObject([
      { id: added, labelIds: expect.arrayContaining(["INBOX"]) },
    ]);
    expect(all((record) => record.labelsAdded)).toMatchObject([{ id: kept, labelIds: ["STARRED"] }]);
    expect(all((record) => record.labelsRemoved)).toMatchObject([{ id: kept, labelIds: ["STARRED"] }]);
    expect(all((record) => record.deleted)).toMatchObject([{ id: removed }]);
    expect(BigInt(page.historyId)).toBeGreaterThan(BigInt(historyId));
    expect((await mailbox.listHistory(page.historyId)).records).toEqual([]);
  });

  it("that Gmail no longer keeps is expired", async () => {
    const google = await connectedGoogle();
    const { historyId } = await google.mailbox().getProfile();
    await deliver(google);
    await google.control.expireHistory(google.email);
    const reading = google.mailbox().listHistory(historyId);
    await expect(reading).rejects.toMatchObject({ code: "history-expired", status: 404 });
  });
});

describe("labels", () => {
  it("are listed, and counted but for one that is gone", async () => {
    const google = await connectedGoogle();
    const made = await google.control.createLabel(google.email, "Work/Bills");
    const mailbox = google.mailbox();
    const labels = await mailbox.listLabels();
    expect(labels).toContainEqual(expect.objectContaining({ id: made.id, name: "Work/Bills", type: "user" }));
    expect(labels).toContainEqual(expect.objectContaining({ id: "INBOX", type: "system" }));

    await google.control.deleteLabel(google.email, made.id);
    const counts = await mailbox.countLabels([...inbox, made.id as LabelId]);
    expect([...counts.keys()]).toEqual(inbox);
    expect(counts.get("INBOX" as LabelId)?.messagesTotal).toBeGreaterThan(0);
  });

  it("narrow a list", async () => {
    const google = await connectedGoogle();
    await deliver(google, { labelIds: ["INBOX", "STARRED"], subject: "rare zebra" });
    const page = await google.mailbox().listMessageIds({
      labelIds: [...inbox, "STARRED" as LabelId],
      query: "subject:zebra",
      maxResults: 10,
    });
    expect(page.ids).toHaveLength(1);
  });
});

describe("refusals", () => {
  it("an expired access token is renewed once, and nobody notices", async () => {
    const google = await connectedGoogle();
    await google.control.expireAccessTokens(google.email);
    expect((await google.mailbox().getProfile()).emailAddress).toBe(google.email);
    expect(google.access.renewals).toBe(1);
  });

  it("a token that stays refused is unauthorized", async () => {
    const google = await connectedGoogle();
    await google.control.fault({ kind: "401" });
    await expect(google.mailbox().getProfile()).rejects.toMatchObject({ code: "unauthorized" });
    await expect(google.mailbox().getMessages(["a" as MessageId])).rejects.toMatchObject({
      code: "unauthorized",
    });
  });

  it("a grant without Gmail's scope is named as such, for one request and for a batch", async () => {
    const google = await connectedGoogle([]);
    await expect(google.mailbox().getProfile()).rejects.toMatchObject({ code: "scope-missing" });
    await expect(google.mailbox().getMessages(["a" as MessageId])).rejects.toMatchObject({
      code: "scope-missing",
    });
  });

  test.each([
    ["accessNotConfigured", "api-disabled"],
    ["domainPolicy", "domain-policy"],
    ["dailyLimitExceeded", "daily-limit"],
    ["userRateLimitExceeded", "rate-limited"],
  ])("403 %s is %s", async (reason, code) => {
    const google = await connectedGoogle();
    await google.control.fault({ kind: "403", reason });
    await expect(google.mailbox().listLabels()).rejects.toMatchObject({ code, reason, status: 403 });
  });

  it("a page token that has expired is a bad request", async () => {
    const google = await connectedGoogle();
    const { nextPageToken } = await google.mailbox().listMessageIds({ maxResults: 10 });
    await google.control.expirePageTokens();
    const listing = google.mailbox().listMessageIds({ maxResults: 10, pageToken: nextPageToken ?? "" });
    await expect(listing).rejects.toMatchObject({ code: "bad-request", status: 400 });
  });
});
