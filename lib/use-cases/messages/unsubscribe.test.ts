import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { generate } from "selfsigned";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { wayOut } from "../../egress/way-out.ts";
import { env } from "../../env.ts";
import { connected } from "../accounts/connected.fixture.ts";
import { unsubscribe } from "./unsubscribe.ts";

let testbed: Testbed;
/** The server of a mailing list. */
let list: Server;
let port = 0;
let answer: (response: ServerResponse) => void;
const asked: { readonly request: IncomingMessage; readonly body: string }[] = [];

const trusted = getCACertificates("default");

beforeAll(async () => {
  testbed = await startTestbed({ messages: 0 });
  const names = [{ name: "commonName", value: "127.0.0.1" }];
  const extensions = [{ name: "subjectAltName" as const, altNames: [{ type: 7 as const, ip: "127.0.0.1" }] }];
  const { private: key, cert } = await generate(names, { extensions });
  setDefaultCACertificates([...trusted, cert]);
  list = createServer({ key, cert }, async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push({ request, body });
    answer(response);
  });
  list.listen(0, "127.0.0.1");
  await once(list, "listening");
  const bound = list.address();
  port = typeof bound === "object" && bound ? bound.port : 0;
  wayOut.take();
  Object.assign(env(), { EGRESS_DRILL_PORT: port });
});
afterAll(async () => {
  Object.assign(env(), { EGRESS_DRILL_PORT: undefined });
  wayOut.take();
  setDefaultCACertificates(trusted);
  list.closeAllConnections();
  list.close();
  await testbed.close();
});
beforeEach(() => {
  asked.length = 0;
  answer = (response) => response.end("You are off.");
});

const signature =
  "DKIM-Signature: v=1; d=example.com; s=s1; h=From:List-Unsubscribe:List-Unsubscribe-Post; b=Qk3xYz12abcd";

/** Leaves the list of a message that was just delivered. */
async function leave({ path = "/leave?id=1", signed = signature, at = port } = {}) {
  const { accountId, identity } = await connected(testbed.google);
  const text = [
    "Authentication-Results: mx.google.com; dkim=pass header.i=@example.com header.s=s1 header.b=Qk3xYz12",
    signed,
    `List-Unsubscribe: <https://127.0.0.1:${at}${path}>`,
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "From: news@example.com",
    "",
    "News.",
    "",
  ].join("\r\n");
  const { id } = await testbed.google.deliverRfc822(identity.email, text);
  const outcome = await unsubscribe(accountId, id as MessageId);
  return outcome.ok ? outcome.content : outcome.trouble;
}

it("sends the list's server what RFC 8058 says, and nothing of who reads", async () => {
  expect(await leave()).toBe("done");
  const [{ request, body } = {}] = asked;
  expect([request?.method, request?.url, body]).toEqual([
    "POST",
    "/leave?id=1",
    "List-Unsubscribe=One-Click",
  ]);
  expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(Object.keys(request?.headers ?? {})).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(?:cookie|referer|origin|forwarded|x-forwarded-for|from)$/),
    ]),
  );
  expect(asked).toHaveLength(1);
});

it.each([
  [204, "done"],
  [404, "refused"],
  [500, "refused"],
])("says what the server answered: %i is %s", async (status, outcome) => {
  answer = (response) => response.writeHead(status).end();
  expect(await leave()).toBe(outcome);
});

it("follows no redirect", async () => {
  for (const status of [301, 302, 307, 308]) {
    answer = (response) => response.writeHead(status, { location: `https://127.0.0.1:${port}/other` }).end();
    expect(await leave()).toBe("elsewhere");
  }
  expect(asked.map(({ request }) => request.url)).toEqual(Array(4).fill("/leave?id=1"));
});

it("reaches nothing that a mail may not name", async () => {
  expect(await leave({ at: port + 1 })).toBe("not-reached");
  expect(asked).toEqual([]);
});

it("sends nothing for a message whose signature does not cover the headers", async () => {
  expect(await leave({ signed: signature.replace(":List-Unsubscribe-Post", "") })).toBe("not-offered");
  expect(asked).toEqual([]);
});

it("sends nothing for a message of another account", async () => {
  const [mine, other] = [await connected(testbed.google), await connected(testbed.google)];
  const { id } = await testbed.google.deliver(other.identity.email, {});
  expect(await unsubscribe(mine.accountId, id as MessageId)).toEqual({ ok: false, trouble: "not-found" });
});
