import { get as httpGet } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type App, mayaEmail, nilsEmail, sariEmail, startApp } from "./app.ts";

let app: App;
let maya: string;
let sari: string;
beforeAll(async () => {
  app = await startApp({ messages: { [mayaEmail]: 300, [sariEmail]: 600 } });
});
beforeEach(async () => {
  await app.control.reset();
  maya = (await app.control.grant(mayaEmail)).accessToken;
  sari = (await app.control.grant(sariEmail)).accessToken;
});
afterAll(() => app.close());

const idsOf = (answer: { body: { messages?: { id: string }[] } }) =>
  (answer.body.messages ?? []).map(({ id }) => id);

test("§4 list gives ids and thread ids only, 100 by default, 500 at most, newest first", async () => {
  const { body } = await app.gmail(maya, "messages");
  expect(body.messages).toHaveLength(100);
  expect(Object.keys(body.messages[0])).toEqual(["id", "threadId"]);
  expect((await app.gmail(sari, "messages?maxResults=1000")).body.messages).toHaveLength(500);
  const dates = await Promise.all(
    body.messages
      .slice(0, 5)
      .map(async ({ id }: { id: string }) =>
        Number((await app.gmail(maya, `messages/${id}?format=minimal`)).body.internalDate),
      ),
  );
  expect(dates).toEqual([...dates].sort((a, b) => b - a));
});

test("§4 pages follow each other without gap or overlap, also when mail arrives meanwhile", async () => {
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const { body } = await app.gmail(
      maya,
      `messages?includeSpamTrash=true&maxResults=70${token ? `&pageToken=${token}` : ""}`,
    );
    seen.push(...body.messages.map(({ id }: { id: string }) => id));
    token = body.nextPageToken;
    await app.control.deliver(mayaEmail);
  } while (token);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(300);
});

test("§4 a page token may expire, and belongs to its list: 400", async () => {
  const { body } = await app.gmail(maya, "messages");
  expect((await app.gmail(maya, `messages?q=is:read&pageToken=${body.nextPageToken}`)).status).toBe(400);
  expect((await app.gmail(maya, `messages?pageToken=${body.nextPageToken}`)).status).toBe(200);
  await app.control.expirePageTokens();
  const expired = await app.gmail(maya, `messages?pageToken=${body.nextPageToken}`);
  expect(expired).toMatchObject({ status: 400, body: { error: { status: "INVALID_ARGUMENT" } } });
});

test("§4 messages is absent when the page is empty", async () => {
  const nils = (await app.control.grant(nilsEmail)).accessToken;
  expect((await app.gmail(nils, "messages")).body).toEqual({ resultSizeEstimate: 0 });
  expect((await app.gmail(maya, "messages?q=rfc822msgid:nothing")).body).not.toHaveProperty("messages");
});

test("§4 resultSizeEstimate is only an estimate", async () => {
  const total = (await app.gmail(sari, "profile")).body.messagesTotal;
  const { body } = await app.gmail(sari, "messages?includeSpamTrash=true");
  expect(body.resultSizeEstimate).not.toBe(total);
  expect(Math.abs(body.resultSizeEstimate - total)).toBeLessThan(total * 0.1);
});

test("§4 labelIds are combined with AND; spam and bin are left out unless asked for", async () => {
  const unread = idsOf(await app.gmail(sari, "messages?labelIds=INBOX&labelIds=UNREAD&maxResults=500"));
  const inbox = new Set(idsOf(await app.gmail(sari, "messages?labelIds=INBOX&maxResults=500")));
  expect(unread.length).toBeGreaterThan(0);
  expect(unread.every((id) => inbox.has(id))).toBe(true);
  const [spam] = idsOf(await app.gmail(sari, "messages?labelIds=SPAM"));
  const without = new Set(idsOf(await app.gmail(sari, "messages?q=subject:selamat&maxResults=500")));
  expect(without.has(spam ?? "")).toBe(false);
  expect((await app.gmail(sari, "messages?labelIds=NOPE")).status).toBe(400);
});

test("§4 q takes Gmail's operators", async () => {
  const now = Date.now();
  await app.control.deliver(nilsEmail, {
    from: "Ada Byron <ada@engines.example>",
    cc: "charles@engines.example",
    subject: "Notes on the machine",
    text: "It weaves algebraic patterns.",
    labelIds: ["INBOX", "UNREAD", "STARRED", "IMPORTANT", "CATEGORY_UPDATES"],
    attachments: [{ filename: "notes.pdf", mimeType: "application/pdf" }],
    dateMs: now - 3600_000,
  });
  await app.control.deliver(nilsEmail, {
    subject: "Lunch",
    text: "Soup?",
    labelIds: ["INBOX"],
    dateMs: now - 40 * 86_400_000,
  });
  const nils = (await app.control.grant(nilsEmail)).accessToken;
  const count = async (q: string) =>
    idsOf(await app.gmail(nils, `messages?q=${encodeURIComponent(q)}`)).length;
  const one = [
    "from:ada",
    'from:"ada byron"',
    "cc:charles",
    "subject:machine",
    "label:inbox is:unread",
    "in:inbox is:starred",
    "is:important",
    "has:attachment",
    "filename:pdf",
    "newer_than:2d",
    "older_than:1m",
    "category:updates",
    '"algebraic patterns"',
    "-soup",
    "from:(ada OR bob)",
    "machine -lunch",
    "larger:2k",
    "is:read",
    "to:nils subject:lunch",
    `after:${Math.floor(now / 1000) - 7200}`,
    "before:2100/01/01 soup",
  ];
  for (const q of one) expect([q, await count(q)]).toEqual([q, 1]);
  for (const q of ["machine OR lunch", "{machine lunch}", "smaller:10m", "in:inbox"])
    expect([q, await count(q)]).toEqual([q, 2]);
  for (const q of ["machine lunch", "in:spam", "label:nothing"]) expect([q, await count(q)]).toEqual([q, 0]);
});

test.each(["(unbalanced", '"open quote', "OR alone", "after:yesterday", "larger:big"])(
  "§4 §8 a bad q is 400: %s",
  async (q) => {
    const { status, body } = await app.gmail(maya, `messages?q=${encodeURIComponent(q)}`);
    expect([status, body.error?.errors[0].reason]).toEqual([400, "invalidArgument"]);
  },
);

test("§4 get has four formats; internalDate is milliseconds as a string", async () => {
  const { id } = await app.control.deliver(mayaEmail, { subject: "Formats", dateMs: 1_790_000_000_000 });
  const minimal = (await app.gmail(maya, `messages/${id}?format=minimal`)).body;
  expect(minimal.internalDate).toBe("1790000000000");
  expect(minimal).not.toHaveProperty("payload");
  const metadata = (await app.gmail(maya, `messages/${id}?format=metadata&metadataHeaders=subject`)).body;
  expect(metadata.payload.headers).toEqual([{ name: "Subject", value: "Formats" }]);
  expect(metadata.payload).not.toHaveProperty("body");
  const full = (await app.gmail(maya, `messages/${id}`)).body;
  expect(Buffer.from(full.payload.body.data, "base64url").toString()).toContain("just delivered");
  const raw = (await app.gmail(maya, `messages/${id}?format=raw`)).body;
  expect(Buffer.from(raw.raw, "base64url").toString()).toContain("\r\nSubject: Formats\r\n");
  expect((await app.gmail(maya, `messages/${id}?format=nonsense`)).status).toBe(400);
});

test("§4 parts nest, attachments come apart, and their ids differ from call to call", async () => {
  const content = Buffer.from([0, 1, 2, 250, 251, 252]);
  const { id } = await app.control.deliver(mayaEmail, {
    html: "<p>See <img src='cid:x@y'></p>",
    attachments: [
      { filename: "x.bin", mimeType: "application/octet-stream", contentBase64: content.toString("base64") },
      { filename: "p.png", mimeType: "image/png", contentId: "x@y" },
    ],
  });
  const { payload } = (await app.gmail(maya, `messages/${id}`)).body;
  expect(payload.mimeType).toBe("multipart/mixed");
  expect(payload.parts[0].parts[0].parts.map((part: { partId: string }) => part.partId)).toEqual([
    "0.0.0",
    "0.0.1",
  ]);
  const { attachmentId, size } = payload.parts[1].body;
  expect(size).toBe(6);
  const fetched = await app.gmail(maya, `messages/${id}/attachments/${attachmentId}`);
  expect(Buffer.from(fetched.body.data, "base64url")).toEqual(content);
  expect((await app.gmail(maya, `messages/${id}`)).body.payload.parts[1].body.attachmentId).not.toBe(
    attachmentId,
  );
});

test("§4 the snippet is HTML-escaped", async () => {
  const { id } = await app.control.deliver(mayaEmail, { text: "Tom & <Jerry>'s" });
  expect((await app.gmail(maya, `messages/${id}`)).body.snippet).toBe("Tom &amp; &lt;Jerry&gt;&#39;s");
});

test("§4 headers may be doubled, missing or RFC 2047 encoded; any payload is given back as it is", async () => {
  const payload = {
    headers: [{ name: "Subject", value: "a" }, { name: "subject", value: "=?utf-8?q?b=C3?=" }, {}],
    body: { data: "%%%" },
  };
  const { id } = await app.control.deliverPayload(mayaEmail, payload, { snippet: "s" });
  expect((await app.gmail(maya, `messages/${id}`)).body.payload).toEqual(payload);
  const encoded = await app.control.deliver(mayaEmail, { subject: "Héllo ✓", encodedHeaders: true });
  const { headers } = (await app.gmail(maya, `messages/${encoded.id}`)).body.payload;
  expect(headers.find(({ name }: { name: string }) => name === "Subject").value).toMatch(/^=\?UTF-8\?B\?/);
});

test("§4 a delivered RFC 822 file is taken apart: charset, encodings, nesting", async () => {
  const raw = Buffer.from(
    'From: =?iso-8859-1?q?Andr=E9?= <a@b.example>\r\nSubject: caf=\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9\r\n--x\r\nContent-Type: text/csv; name="t.csv"\r\nContent-Disposition: attachment; filename="t.csv"\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxi\r\n--x--\r\n',
  );
  const { id } = await app.control.deliverRfc822(mayaEmail, raw);
  const { payload } = (await app.gmail(maya, `messages/${id}`)).body;
  expect(payload.headers[0].value).toBe("André <a@b.example>");
  expect(Buffer.from(payload.parts[0].body.data, "base64url").toString()).toBe("café");
  expect(payload.parts[1]).toMatchObject({ filename: "t.csv", mimeType: "text/csv", body: { size: 3 } });
  expect((await app.gmail(maya, `messages/${id}?format=raw`)).body.raw).toBe(raw.toString("base64url"));
});

test.each([
  "",
  "no headers at all",
  "Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
  "\u0000\u0001: x\r\n\r\n\u00ff",
])("§4 broken mail is still delivered: %j", async (raw) => {
  const { id } = await app.control.deliverRfc822(mayaEmail, raw);
  expect((await app.gmail(maya, `messages/${id}`)).status).toBe(200);
});

test("§4 parts nest to any depth, and a message may be 25 MB", async () => {
  type Nested = { mimeType: string; headers: []; parts?: Nested[]; body: object };
  let payload: Nested = { mimeType: "text/plain", headers: [], body: { data: "eA" } };
  for (let depth = 0; depth < 50; depth += 1)
    payload = { mimeType: "multipart/mixed", headers: [], parts: [payload], body: {} };
  const deep = await app.control.deliverPayload(mayaEmail, payload);
  expect((await app.gmail(maya, `messages/${deep.id}`)).body.payload).toEqual(payload);
  const data = "eHh4".repeat(25 * 262_144);
  const large = await app.control.deliverPayload(mayaEmail, {
    mimeType: "text/plain",
    headers: [],
    body: { data },
  });
  expect((await app.gmail(maya, `messages/${large.id}`)).text.length).toBeGreaterThan(data.length);
});

test("§4 content is immutable, labels are not", async () => {
  const { id } = await app.control.deliver(mayaEmail);
  const before = (await app.gmail(maya, `messages/${id}?format=raw`)).body;
  await app.control.relabel(mayaEmail, [id], { add: ["STARRED"], remove: ["UNREAD"] });
  const after = (await app.gmail(maya, `messages/${id}?format=raw`)).body;
  expect(after.raw).toBe(before.raw);
  expect(after.labelIds).toContain("STARRED");
  expect(after.labelIds).not.toContain("UNREAD");
});

test("§4 seeded raw messages are RFC 822 that parses back to the same text", async () => {
  const ids = idsOf(await app.gmail(sari, "messages?maxResults=25"));
  for (const id of ids) {
    const { raw } = (await app.gmail(sari, `messages/${id}?format=raw`)).body;
    const again = await app.control.deliverRfc822(nilsEmail, Buffer.from(raw, "base64url"));
    const nils = (await app.control.grant(nilsEmail)).accessToken;
    const copy = (await app.gmail(nils, `messages/${again.id}`)).body;
    expect(copy.snippet).toBe((await app.gmail(sari, `messages/${id}`)).body.snippet);
  }
});

test("§4 labels: names, types, nesting and colours in the list, counts only from get", async () => {
  const { labels } = (await app.gmail(sari, "labels")).body;
  const reviews = labels.find(({ name }: { name: string }) => name === "Work/Reviews");
  expect(reviews).toMatchObject({ type: "user", color: { backgroundColor: expect.any(String) } });
  expect(labels.map(({ name }: { name: string }) => name)).toContain("งานอาสา");
  expect(reviews).not.toHaveProperty("messagesTotal");
  const one = (await app.gmail(sari, `labels/${reviews.id}`)).body;
  expect(one.messagesTotal).toBeGreaterThan(0);
  expect(one.threadsTotal).toBeLessThanOrEqual(one.messagesTotal);
  expect((await app.gmail(sari, "labels/Label_999")).status).toBe(404);
});

test("§4 getProfile has address, totals and history id", async () => {
  const { body } = await app.gmail(maya, "profile");
  expect(body).toMatchObject({
    emailAddress: mayaEmail,
    messagesTotal: 300,
    historyId: expect.stringMatching(/^\d+$/),
  });
  expect(body.threadsTotal).toBeLessThan(300);
});

test("§4 threads hold their messages in order", async () => {
  const [thread] = (await app.gmail(maya, "threads?maxResults=1")).body.threads;
  const answered = await app.control.deliver(mayaEmail, { threadId: thread.id, subject: "Re: it" });
  const { messages } = (await app.gmail(maya, `threads/${thread.id}?format=minimal`)).body;
  expect(messages.at(-1).id).toBe(answered.id);
  expect(answered.threadId).toBe(thread.id);
});

test("§4 fields selects a partial response, nested", async () => {
  const { id } = await app.control.deliver(mayaEmail);
  const { body } = await app.gmail(
    maya,
    `messages/${id}?fields=id,payload(headers/name,body(size)),labelIds`,
  );
  expect(Object.keys(body).sort()).toEqual(["id", "labelIds", "payload"]);
  expect(Object.keys(body.payload.headers[0])).toEqual(["name"]);
  expect(Object.keys(body.payload.body)).toEqual(["size"]);
  expect((await app.gmail(maya, "messages?fields=messages/id")).body.messages[0]).not.toHaveProperty(
    "threadId",
  );
  expect((await app.gmail(maya, "messages?fields=messages(id")).status).toBe(400);
});

test("§4 compressed only when both Accept-Encoding and User-Agent say gzip", async () => {
  const encodingFor = (agent: string) =>
    new Promise((resolve) => {
      const headers = { Authorization: `Bearer ${maya}`, "Accept-Encoding": "gzip", "User-Agent": agent };
      httpGet(`${app.google.url}/gmail/v1/users/me/labels`, { headers, agent: false }, (answer) => {
        answer.resume().on("end", () => resolve(answer.headers["content-encoding"]));
      });
    });
  expect(await encodingFor("latchkey")).toBeUndefined();
  expect(await encodingFor("latchkey (gzip)")).toBe("gzip");
});

test("the seed is deterministic", async () => {
  const now = new Date("2026-11-21T10:00:00Z");
  const [one, two] = [await startApp({ now }), await startApp({ now })];
  const listOf = async (of: App) => {
    const { accessToken } = await of.control.grant(mayaEmail);
    const list = (await of.gmail(accessToken, "messages?maxResults=20")).body.messages;
    return Promise.all(
      list.map(
        async ({ id }: { id: string }) => (await of.gmail(accessToken, `messages/${id}?format=raw`)).text,
      ),
    );
  };
  expect(await listOf(one)).toEqual(await listOf(two));
  await Promise.all([one.close(), two.close()]);
});
