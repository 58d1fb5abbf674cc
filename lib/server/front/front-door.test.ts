import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { trustedProxies } from "../../environment/trusted-proxies.ts";
import { noteLength, visits } from "../../request/visit.ts";
import { type FrontDoorOptions, frontDoor } from "./front-door.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A front door before something that tells what it was asked. */
async function open({
  own = "http://127.0.0.1:3000",
  trusted = "loopback",
  times,
}: {
  own?: string;
  trusted?: string;
  times?: FrontDoorOptions["times"];
} = {}) {
  const asked: { body: string; address: string }[] = [];
  const leaving: AbortSignal[] = [];
  const server = frontDoor({
    own: new URL(own),
    isTrusted: trustedProxies(trusted),
    ...(times ? { times } : {}),
    serve: async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      leaving.push(visits().getStore()?.leaving ?? AbortSignal.abort());
      asked.push({ body, address: visits().getStore()?.address ?? "" });
      if (request.url === "/fails" || request.url === "/api/fails") response.statusCode = 500;
      if (request.url === "/ours-fails") {
        const visit = visits().getStore();
        if (visit) visit.reached = true;
        response.statusCode = 500;
      }
      if (request.url?.endsWith("/attachment/1")) {
        noteLength(6);
        response.write("ser"); // Unless its length is told, what is written by and by goes out in chunks.
        response.end(request.headers.range === undefined ? "ved" : "ve!");
        return;
      }
      if (request.url === "/too-often") {
        response.setHeader("x-early", "1");
        visits().getStore()?.refuse(90);
        response.setHeader("x-late", "1");
        response.write("late");
      }
      response.end("served");
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  const { port } = server.address() as AddressInfo;
  return { asked, leaving, port, url: `http://127.0.0.1:${port}` };
}

/** Sends this as it is, and reads until the server closes. */
async function sendRaw(port: number, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  ends.push(() => void socket.destroy());
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.on("error", () => {}); // The server may close while this still sends: what it answered is looked at.
  const closed = new Promise((resolve) => socket.once("close", resolve));
  for (const part of parts) socket.write(part);
  await closed;
  return answer;
}

const post = (headers: string) => `POST /accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;

test("a small body reaches whoever serves, whole, however it is cut", async () => {
  const { asked, port, url } = await open();
  await fetch(url, { method: "POST", body: "a".repeat(16_384) });
  await sendRaw(port, post("Transfer-Encoding: chunked\r\n"), "3\r\nabc\r\n", "2\r\nde\r\n", "0\r\n\r\n");
  await sendRaw(port, post("Expect: 100-continue\r\nContent-Length: 2\r\n"), "ok");
  expect(asked.map(({ body }) => body)).toEqual(["a".repeat(16_384), "abcde", "ok"]);
});

test("the length of an answer is told where it is known, and a stretch is asked for of attachments alone", async () => {
  const { url } = await open();
  const range = { range: "bytes=0-5" };
  const part = await fetch(`${url}/mail/a/message/b/attachment/1`, { headers: range });
  expect([part.headers.get("content-length"), await part.text()]).toEqual(["6", "serve!"]);
  const other = await fetch(`${url}/elsewhere/attachment/1`, { headers: range });
  expect([other.headers.get("content-length"), await other.text()]).toEqual(["6", "served"]);
});

test("a body that says it is too long is refused before any of it is read", async () => {
  const { asked, port } = await open();
  const answer = await sendRaw(port, post("Content-Length: 150000000\r\n"));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(asked).toEqual([]);
});

test("a client that waits to be told to go on is not told so for a body that is too long", async () => {
  const { port } = await open();
  const answer = await sendRaw(port, post("Expect: 100-continue\r\nContent-Length: 16385\r\n"));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

test("a body that grows without having said so is cut off, and nobody is asked", async () => {
  const { asked, port } = await open();
  const chunk = `4000\r\n${"a".repeat(0x4000)}\r\n`;
  const answer = await sendRaw(port, post("Transfer-Encoding: chunked\r\n"), chunk, chunk, chunk);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(asked).toEqual([]);
});

test("Pub/Sub may send 20 kB, and no more", async () => {
  const { url } = await open();
  const push = (bytes: number) =>
    fetch(`${url}/api/google/push?x=1`, { method: "POST", body: "a".repeat(bytes) });
  expect((await push(20_480)).status).toBe(200);
  expect((await push(20_481)).status).toBe(413);
});

test("eight bodies of 150 MB leave the process as small as it was", async () => {
  const { asked, port } = await open();
  const block = Buffer.alloc(1_000_000, 97);
  const before = process.memoryUsage().rss;
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const sent = Array.from({ length: 150 }, () => [`${block.length.toString(16)}\r\n`, block, "\r\n"]);
      return sendRaw(port, post("Transfer-Encoding: chunked\r\n"), ...sent.flat());
    }),
  );
  expect(answers.map((answer) => answer.slice(9, 12))).toEqual(Array(8).fill("413"));
  expect(asked).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

for (const [what, sent] of [
  ["a head", "GET / HTTP/1.1\r\nHost: x\r\nCookie: "],
  ["a body", post("Content-Length: 10000\r\n")],
] as const) {
  test(`whoever sends ${what} too slowly is answered 408, with a head like every other`, async () => {
    const times = { headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 20 };
    const { asked, port } = await open({ times });
    const answer = await sendRaw(port, sent, "a");
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer.toLowerCase()).toContain("\r\ncontent-security-policy: ");
    expect(asked).toEqual([]);
  });
}

for (const method of ["TRACE", "TRACK", "CONNECT", "PROPFIND", "OPTIONS", "PUT", "DELETE", "INVENTED"]) {
  test(`${method} is answered 405, with what is allowed`, async () => {
    const { asked, port } = await open();
    const target = method === "CONNECT" ? "example.org:443" : "/";
    const answer = await sendRaw(
      port,
      `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/\r\nallow: GET, HEAD, POST\r\n/i);
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
    expect(asked).toEqual([]);
  });
}

for (const [what, sent, status] of [
  ["no HTTP", "\u0000\u0001\r\n\r\n", 400],
  ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
  ["a head of 20 kB", `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${"a".repeat(20_000)}\r\n\r\n`, 431],
  [
    "two lengths",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    400,
  ],
] as const) {
  test(`${what} is answered ${status}, with a head like every other`, async () => {
    const { port } = await open();
    const answer = await sendRaw(port, sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const name of [
      "content-type",
      "content-security-policy",
      "x-content-type-options",
      "x-frame-options",
    ]) {
      expect(answer.toLowerCase(), name).toContain(`\r\n${name}: `);
    }
  });
}

test("the other names of this machine lead to its own, by an address that cannot lead back", async () => {
  const { port } = await open({ own: "http://127.0.0.1:3000" });
  const answer = await sendRaw(
    port,
    "GET /mail?q=a HTTP/1.1\r\nHost: localhost:3000\r\nConnection: close\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 307 /);
  expect(answer).toMatch(/\r\nlocation: http:\/\/127\.0\.0\.1:3000\/mail\?q=a\r\n/i);
});

test("a form that Next cannot read is its sender's fault; what fails in our own code is ours", async () => {
  const { url } = await open();
  expect((await fetch(`${url}/fails`, { method: "POST", body: "x" })).status).toBe(400);
  expect((await fetch(`${url}/fails`)).status).toBe(500);
  expect((await fetch(`${url}/api/fails`, { method: "POST", body: "x" })).status).toBe(500);
  expect((await fetch(`${url}/ours-fails`, { method: "POST", body: "x" })).status).toBe(500);
});

test("a refusal from within is the whole answer, whatever is rendered after it", async () => {
  const { url } = await open();
  const answer = await fetch(`${url}/too-often`, { headers: { accept: "text/html" } });
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).toBe("90");
  expect([answer.headers.get("x-early"), answer.headers.get("x-late")]).toEqual([null, null]);
  expect(await answer.text()).toMatch(/^<!doctype html>[\s\S]*Try again in 2 minutes[\s\S]*<\/html>\n$/);
});

test("over https every answer says that it is to stay so", async () => {
  const { url } = await open({ own: "https://latchkey.example" });
  const plain = await open();
  expect((await fetch(url)).headers.get("strict-transport-security")).toBe("max-age=63072000");
  expect((await fetch(plain.url)).headers.get("strict-transport-security")).toBeNull();
});

test("a proxy's word about an address is taken only as far as it is trusted", async () => {
  const told = { headers: { "x-forwarded-for": "203.0.113.9, 198.51.100.7" } };
  const one = await open({ trusted: "loopback" });
  await fetch(one.url, told);
  const two = await open({ trusted: "2" });
  await fetch(two.url, told);
  const none = await open({ trusted: "0" });
  await fetch(none.url, told);
  expect([one, two, none].map(({ asked }) => asked[0]?.address)).toEqual([
    "198.51.100.7",
    "203.0.113.9",
    "127.0.0.1",
  ]);
});

test("a port that a proxy writes behind an address is no part of it", async () => {
  const { asked, url } = await open();
  for (const address of ["203.0.113.9:51234", "[2001:db8:1:2::1]:443", "203.0.113.9:1, 127.0.0.1:80"]) {
    await fetch(url, { headers: { "x-forwarded-for": address } });
  }
  expect(asked.map(({ address }) => address)).toEqual(["203.0.113.9", "2001:db8:1:2::/64", "203.0.113.9"]);
});

test("what was opened for an answer is let go when only its head was asked for", async () => {
  const { url, leaving } = await open();
  await fetch(url);
  await fetch(url, { method: "HEAD" });
  await expect.poll(() => leaving.map(({ aborted }) => aborted)).toEqual([false, true]);
});

test("of an IPv6 address the network counts, and an IPv4 address in it is one", async () => {
  const { asked, url } = await open();
  for (const address of ["2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", "::ffff:203.0.113.9", "nonsense"]) {
    await fetch(url, { headers: { "x-forwarded-for": address } });
  }
  expect(asked.map(({ address }) => address)).toEqual([
    "2001:db8:1:2::/64",
    "2001:db8:1:2::/64",
    "203.0.113.9",
    "unknown",
  ]);
});

test("keeps an idle connection longer than the proxy before it does, and says so", async () => {
  const { port } = await open();
  const answer = await sendRaw(
    port,
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nConnection: close\r\n\r\n",
  );
  // nginx: 60 s; deploy/Caddyfile: 60 s.
  const [, seconds] = /^keep-alive: timeout=(\d+)\r$/im.exec(answer) ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});
