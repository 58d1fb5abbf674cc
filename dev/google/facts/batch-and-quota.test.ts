import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type App, failureOf, mayaEmail, sariEmail, startApp } from "./app.ts";

let app: App;
let token: string;
let paths: string[];
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.control.reset();
  token = (await app.control.grant(mayaEmail)).accessToken;
  const { body } = await app.gmail(token, "messages?maxResults=101");
  paths = body.messages.map(({ id }: { id: string }) => `messages/${id}?format=minimal`);
});
afterAll(() => app.close());

test("§6 a batch answers every part with its Content-ID, in any order", async () => {
  const { status, parts } = await app.batch(token, paths.slice(0, 25));
  expect(status).toBe(200);
  expect(parts.map(({ id }) => id)).not.toEqual([...Array(25).keys()]);
  expect(parts.map(({ id }) => id).sort((a, b) => a - b)).toEqual([...Array(25).keys()]);
  for (const { id, body } of parts) expect(paths[id]).toContain(JSON.parse(body).id);
});

test("§6 more than 100 calls are 400 for the whole batch", async () => {
  expect((await app.batch(token, paths)).status).toBe(400);
});

test("§6 n calls cost n calls' quota", async () => {
  await app.control.resetCounters();
  await app.batch(token, paths.slice(0, 10));
  expect((await app.control.counters()).quotaUnits).toBe(200);
});

test("§6 one batch of 100 has parts with 429 in a 200; four of 25, one after the other, have none", async () => {
  const large = await app.batch(token, paths.slice(0, 100));
  expect(large.status).toBe(200);
  const refused = large.parts.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toContain("Too many concurrent requests for user");
  for (let from = 0; from < 100; from += 25) {
    const { parts } = await app.batch(token, paths.slice(from, from + 25));
    expect(parts.every(({ status }) => status === 200)).toBe(true);
  }
});

test("§6 two batches of one user at once get 429 parts; of two users they do not", async () => {
  await app.control.settings({ batchMs: 50 });
  const statuses = (answers: { parts: { status: number }[] }[]) =>
    answers.flatMap(({ parts }) => parts.map(({ status }) => status));
  const same = await Promise.all([
    app.batch(token, paths.slice(0, 25)),
    app.batch(token, paths.slice(25, 50)),
  ]);
  expect(statuses(same)).toContain(429);
  const sari = (await app.control.grant(sariEmail)).accessToken;
  const other = await Promise.all([
    app.batch(token, paths.slice(0, 25)),
    app.batch(sari, Array(25).fill("profile")),
  ]);
  expect(statuses(other)).not.toContain(429);
});

test("§6 a wrong token is one 401 for the whole batch; a broken body one 400", async () => {
  expect((await app.batch("wrong", paths.slice(0, 3))).status).toBe(401);
  const broken = await fetch(`${app.google.url}/batch/gmail/v1`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "multipart/mixed; boundary=b" },
    body: "--b\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/profile\r\n",
  });
  expect(broken.status).toBe(400);
});

test("§6 a part may bring its own token, and fails alone", async () => {
  const part = (id: string, bearer: string) =>
    `--b\r\nContent-Type: application/http\r\nContent-ID: ${id}\r\n\r\nGET /gmail/v1/users/me/profile HTTP/1.1\r\nAuthorization: Bearer ${bearer}\r\n\r\n`;
  const answer = await fetch(`${app.google.url}/batch/gmail/v1`, {
    method: "POST",
    headers: { "Content-Type": 'multipart/mixed; boundary="b"' },
    body: `${part("<a>", token)}${part("<b>", "wrong")}--b--`,
  });
  const text = await answer.text();
  expect(text).toMatch(/<response-a>\r\n\r\nHTTP\/1.1 200/);
  expect(text).toMatch(/<response-b>\r\n\r\nHTTP\/1.1 401/);
});

test("§7 each method costs what Google says", async () => {
  const [message, thread] = [
    paths[0] ?? "",
    (await app.gmail(token, "threads?maxResults=1")).body.threads[0].id,
  ];
  const costs: [string, number][] = [
    ["messages", 5],
    [message, 20],
    [`threads/${thread}`, 40],
    ["threads?maxResults=1", 10],
    ["labels", 1],
    ["labels/INBOX", 1],
    ["profile", 1],
  ];
  costs.push([`history?startHistoryId=${(await app.gmail(token, "profile")).body.historyId}`, 2]);
  for (const [path, units] of costs) {
    await app.control.resetCounters();
    await app.gmail(token, path);
    expect([path, (await app.control.counters()).quotaUnits]).toEqual([path, units]);
  }
  await app.control.resetCounters();
  await app.gmail(token, "watch", {
    method: "POST",
    body: JSON.stringify({ topicName: "projects/p/topics/t" }),
  });
  expect((await app.control.counters()).quotaUnits).toBe(100);
});

test("§7 six pages of 50 in a minute lock a user out; a minute later it is over", async () => {
  await app.control.quota({ on: true });
  let refused = 0;
  for (let page = 0; page < 6; page += 1) {
    await app.gmail(token, "messages?maxResults=50");
    for (const from of [0, 25]) {
      const { parts } = await app.batch(token, paths.slice(from, from + 25));
      refused += parts.filter(({ status }) => status === 403 || status === 429).length;
    }
  }
  expect(refused).toBeGreaterThan(0);
  const bodies = [];
  for (let call = 0; call < 8; call += 1) bodies.push(await app.gmail(token, paths[0] ?? ""));
  expect(new Set(bodies.map(({ status }) => status))).toEqual(new Set([403, 429]));
  expect(bodies.some(({ headers }) => headers.has("retry-after"))).toBe(true);
  expect(bodies.some(({ headers }) => !headers.has("retry-after"))).toBe(true);
  const reasons = new Set(bodies.map(({ body }) => body.error.errors[0].reason));
  expect(reasons).toEqual(new Set(["rateLimitExceeded", "userRateLimitExceeded"]));
  await app.control.advanceClock(61);
  expect((await app.gmail(token, paths[0] ?? "")).status).toBe(200);
});

test("§7 the project's minute is a limit of its own", async () => {
  await app.control.quota({ on: true, unitsPerProjectPerMinute: 10 });
  const sari = (await app.control.grant(sariEmail)).accessToken;
  expect((await app.gmail(token, "messages")).status).toBe(200);
  expect((await app.gmail(sari, "messages")).status).toBe(200);
  expect([403, 429]).toContain((await app.gmail(sari, "messages")).status);
});

test("§8 every error has exactly Google's shape", async () => {
  const readerless = (await app.control.grant(sariEmail, { scopes: ["openid"] })).accessToken;
  const expected: [Promise<{ status: number; body: unknown }>, number, string, string][] = [
    [app.gmail(token, "messages?q=(x"), 400, "invalidArgument", "INVALID_ARGUMENT"],
    [app.gmail("wrong", "messages"), 401, "authError", "UNAUTHENTICATED"],
    [app.gmail(readerless, "messages"), 403, "insufficientPermissions", "PERMISSION_DENIED"],
    [app.gmail(token, "messages/19ffffffffffffff"), 404, "notFound", "NOT_FOUND"],
    [app.gmail(token, "messages/nope!"), 400, "invalidArgument", "INVALID_ARGUMENT"],
  ];
  for (const [answer, code, reason, name] of expected) {
    const { status, body } = await answer;
    expect(status).toBe(code);
    expect(body).toMatchObject({
      error: {
        code,
        message: expect.any(String),
        errors: [{ domain: "global", reason, message: expect.any(String) }],
        status: name,
      },
    });
  }
});

test("§8 a missing scope carries ACCESS_TOKEN_SCOPE_INSUFFICIENT", async () => {
  const { accessToken } = await app.control.grant(sariEmail, { scopes: ["openid"] });
  const { body } = await app.gmail(accessToken, "messages");
  expect(body.error.details[0]).toMatchObject({
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
  });
});

test("§8 an expired or revoked access token is 401", async () => {
  await app.control.advanceClock(3600);
  expect((await app.gmail(token, "profile")).status).toBe(401);
});

test.each([
  "accessNotConfigured",
  "domainPolicy",
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "dailyLimitExceeded",
])("§8 403 %s", async (reason) => {
  await app.control.fault({ kind: "403", reason, target: "gmail", count: 1 });
  const { status, body } = await app.gmail(token, "profile");
  expect([status, body.error.errors[0].reason]).toEqual([403, reason]);
});

test("§8 domainPolicy by the person's switch", async () => {
  await app.control.changePerson(mayaEmail, { gmailDisabled: true });
  expect((await app.gmail(token, "profile")).body.error.errors[0].reason).toBe("domainPolicy");
});

test("§8 5xx, timeout, reset, truncated and malformed answers, for one person, counted down", async () => {
  for (const status of [500, 502, 503]) {
    await app.control.fault({ kind: "5xx", status, email: mayaEmail, count: 1 });
    expect((await app.gmail(token, "profile")).status).toBe(status);
  }
  await app.control.fault({ kind: "timeout", count: 1 });
  await failureOf(app.gmail(token, "profile", { signal: AbortSignal.timeout(100) }));
  for (const kind of ["reset", "truncated", "malformed"] as const) {
    await app.control.fault({ kind, email: mayaEmail, count: 1 });
    const sari = (await app.control.grant(sariEmail)).accessToken;
    expect((await app.gmail(sari, "profile")).status).toBe(200);
    await failureOf(app.gmail(token, "profile"));
  }
  expect((await app.gmail(token, "profile")).status).toBe(200);
  expect((await app.control.state()).faults).toEqual([]);
});

test("§8 an error of any reason and words, with the time to wait; and any JSON in place of the true one", async () => {
  const refused = {
    kind: "error",
    status: 400,
    reason: "failedPrecondition",
    message: "Mail service not enabled",
  } as const;
  await app.control.fault({
    ...refused,
    retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT",
    email: mayaEmail,
    count: 1,
  });
  const { status, body } = await app.gmail(token, "profile");
  expect([status, body.error.errors[0].reason, body.error.message]).toEqual([
    400,
    "failedPrecondition",
    "Mail service not enabled",
  ]);
  await app.control.fault({ kind: "odd", body: {}, method: "labels.list", count: 1 });
  expect(await app.gmail(token, "labels")).toMatchObject({ status: 200, body: {} });
});

test("§4 a message that is listed and never comes: nonsense, 404, or no answer, which holds up its whole batch", async () => {
  const [first, second, third] = paths.map((path) => path.split("/").at(-1)?.split("?")[0] ?? "");
  await app.control.settings({ broken: { [first ?? ""]: "malformed", [second ?? ""]: "missing" } });
  const { parts } = await app.batch(token, paths.slice(0, 3));
  expect(parts.map(({ status }) => status).toSorted()).toEqual([200, 200, 404]);
  await app.control.settings({ broken: { [third ?? ""]: "hanging" } });
  await failureOf(app.gmail(token, `messages/${third}`, { signal: AbortSignal.timeout(100) }));
  await app.control.settings({ broken: {} });
});

test("§8 batches fail in their own ways", async () => {
  await app.control.fault({ kind: "batch-parts-429", parts: 3, count: 1 });
  const some = await app.batch(token, paths.slice(0, 10));
  expect(some.parts.filter(({ status }) => status === 429)).toHaveLength(3);
  await app.control.fault({ kind: "batch-truncated", count: 1 });
  const cut = await app.batch(token, paths.slice(0, 10));
  expect(cut.status).toBe(200);
  // A piece of a boundary may end in dashes, too; the last line of a whole answer is a boundary and two of them.
  expect(cut.text).not.toMatch(/^--batch_[\w-]{24}--\s*$/m);
  await app.control.fault({ kind: "batch-401", count: 1 });
  expect((await app.batch(token, paths.slice(0, 10))).status).toBe(401);
  await app.control.fault({ kind: "slow", latencyMs: 60, target: "batch", count: 1 });
  const began = performance.now();
  await app.batch(token, paths.slice(0, 2));
  expect(performance.now() - began).toBeGreaterThan(55);
});
