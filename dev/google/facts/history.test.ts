import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type App, mayaEmail, startApp } from "./app.ts";

let app: App;
let token: string;
let start: string;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await app.control.reset();
  token = (await app.control.grant(mayaEmail)).accessToken;
  start = (await app.gmail(token, "profile")).body.historyId;
});
afterAll(() => app.close());

const history = (query = "") => app.gmail(token, `history?startHistoryId=${start}${query}`);

test("§5 history names what was added, deleted and relabelled", async () => {
  const { id } = await app.control.deliver(mayaEmail);
  await app.control.relabel(mayaEmail, [id], { add: ["STARRED"], remove: ["UNREAD"] });
  const gone = await app.control.deliver(mayaEmail);
  await app.control.deleteMessages(mayaEmail, [gone.id]);
  const { body } = await history();
  const kinds = body.history.flatMap((record: object) =>
    Object.keys(record).filter((key) => /Added|Deleted|Removed/.test(key)),
  );
  expect(kinds.sort()).toEqual([
    "labelsAdded",
    "labelsRemoved",
    "messagesAdded",
    "messagesAdded",
    "messagesDeleted",
  ]);
  const relabelled = body.history.find((record: { labelsAdded?: unknown }) => record.labelsAdded);
  expect(relabelled.labelsAdded[0]).toMatchObject({ message: { id }, labelIds: ["STARRED"] });
  expect(Number(body.historyId)).toBeGreaterThan(Number(start));
});

test("§5 a record may repeat a message and may name one that no longer exists", async () => {
  const { id } = await app.control.deliver(mayaEmail);
  await app.control.relabel(mayaEmail, [id], { add: ["STARRED"], remove: ["UNREAD"] });
  await app.control.deleteMessages(mayaEmail, [id]);
  const { body } = await history();
  const named = body.history.map((record: { messages: { id: string }[] }) =>
    record.messages.map((message) => message.id),
  );
  expect(named).toContainEqual([id, id]);
  expect((await app.gmail(token, `messages/${id}`)).status).toBe(404);
});

test("§5 history is absent when nothing happened, and paged when much did", async () => {
  expect((await history()).body).toEqual({ historyId: start });
  for (let delivered = 0; delivered < 5; delivered += 1) await app.control.deliver(mayaEmail);
  const seen: string[] = [];
  let page = "";
  do {
    const { body } = await history(`&maxResults=2${page}`);
    seen.push(...body.history.map((record: { id: string }) => record.id));
    page = body.nextPageToken ? `&pageToken=${body.nextPageToken}` : "";
  } while (page);
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});

test("§5 historyTypes and labelId narrow it down", async () => {
  const { id } = await app.control.deliver(mayaEmail);
  await app.control.relabel(mayaEmail, [id], { add: ["STARRED"] });
  const added = (await history("&historyTypes=messageAdded")).body.history;
  expect(added).toHaveLength(1);
  expect(added[0]).toHaveProperty("messagesAdded");
  expect((await history("&labelId=STARRED")).body.history).toHaveLength(1);
});

test("§5 history is kept for about a week: an older id answers 404", async () => {
  await app.control.deliver(mayaEmail);
  await app.control.advanceClock(8 * 24 * 3600);
  token = (await app.control.grant(mayaEmail)).accessToken;
  await app.control.deliver(mayaEmail);
  expect((await history()).body.error).toMatchObject({ code: 404, status: "NOT_FOUND" });
});

test("§5 sometimes hours: history can be made to expire at once", async () => {
  await app.control.expireHistory(mayaEmail);
  expect((await history()).status).toBe(404);
  start = (await app.gmail(token, "profile")).body.historyId;
  expect((await history()).status).toBe(200);
});

test("§5 startHistoryId is required", async () => {
  expect((await app.gmail(token, "history")).status).toBe(400);
});

async function receiver() {
  const received: { authorization: string; body: { message: { data: string } }; atMs: number }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      authorization: request.headers.authorization ?? "",
      body: JSON.parse(Buffer.concat(chunks).toString()),
      atMs: Date.now(),
    });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`;
  return { endpoint, received, close: () => server.close() };
}

const watch = (body: object = { topicName: "projects/p/topics/t" }) =>
  app.gmail(token, "watch", { method: "POST", body: JSON.stringify(body) });

test("§5 watch lasts seven days and pushes {emailAddress, historyId} with an OIDC token, at most once a second", async () => {
  const hook = await receiver();
  await app.control.push({
    endpoint: hook.endpoint,
    audience: "aud",
    serviceAccount: "svc@p.example",
    behaviour: "normal",
  });
  const { body } = await watch();
  expect(Number(body.expiration) - Date.now()).toBeGreaterThan(7 * 24 * 3600_000 - 60_000);
  await vi.waitFor(() => expect(hook.received).toHaveLength(1), 5000);
  await app.control.deliver(mayaEmail);
  await app.control.deliver(mayaEmail);
  await vi.waitFor(() => expect(hook.received).toHaveLength(2), 5000);
  const [first, second] = hook.received;
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(900);
  const notice = JSON.parse(Buffer.from(second?.body.message.data ?? "", "base64").toString());
  expect(notice).toEqual({
    emailAddress: mayaEmail,
    historyId: Number((await app.gmail(token, "profile")).body.historyId),
  });
  const keys = createRemoteJWKSet(new URL(`${app.google.url}/oauth2/v3/certs`));
  const { payload } = await jwtVerify((second?.authorization ?? "").slice(7), keys, {
    issuer: app.google.url,
    audience: "aud",
  });
  expect(payload).toMatchObject({ email: "svc@p.example", email_verified: true });
  hook.close();
});

test("§5 notifications may be lost or doubled; after stop or seven days there are none", async () => {
  const hook = await receiver();
  await app.control.push({ endpoint: hook.endpoint, behaviour: "doubled" });
  await app.control.pushNow(mayaEmail, 7);
  expect(hook.received).toHaveLength(2);
  await app.control.push({ behaviour: "lost" });
  await app.control.pushNow(mayaEmail, 8);
  expect(hook.received).toHaveLength(2);
  await app.control.push({ behaviour: "normal", endpoint: null });
  await watch();
  expect((await app.control.state()).watches).toHaveLength(1);
  expect((await app.gmail(token, "stop", { method: "POST" })).status).toBe(204);
  expect((await app.control.state()).watches).toHaveLength(0);
  hook.close();
});

test("§5 a topic name that is none is 400", async () => {
  expect((await watch({ topicName: "nope" })).status).toBe(400);
});
