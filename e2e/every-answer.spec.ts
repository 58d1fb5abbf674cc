import { connect } from "node:net";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { place } from "./places.ts";
import { startSignIn } from "./sign-in.ts";

const noAccount = "01900000-0000-7000-8000-000000000000";
const noMessage = "0123456789abcdef";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is asked, the status it gets, and anything its head must say beside what all heads say. */
type Kind = readonly [
  what: string,
  status: number,
  ask: () => Promise<Answer>,
  also?: Readonly<Record<string, RegExp>>,
];

/** Nothing here is followed: the first answer counts. */
function asking(request: APIRequestContext) {
  return async (path: string, options: Parameters<APIRequestContext["fetch"]>[1] = {}): Promise<Answer> => {
    const answer = await request.fetch(path, { maxRedirects: 0, ...options });
    return { status: answer.status(), headers: answer.headers() };
  };
}

/** What no client library sends. */
function sendRaw(text: string): Promise<Answer> {
  const { hostname, port } = new URL(place("latchkey"));
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
    let told = "";
    socket.on("data", (chunk) => {
      told += chunk.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => {
      const [first = "", ...lines] = (told.split("\r\n\r\n")[0] ?? "").split("\r\n");
      const headers = lines.map((line) => {
        const end = line.indexOf(":");
        return [line.slice(0, end).toLowerCase(), line.slice(end + 1).trim()];
      });
      resolve({ status: Number(first.split(" ")[1]), headers: Object.fromEntries(headers) });
    });
  });
}

const raw = (method: string, target: string, headers = "", body = ""): Promise<Answer> =>
  sendRaw(
    `${method} ${target} HTTP/1.1\r\nHost: ${new URL(place("latchkey")).host}\r\nConnection: close\r\n${headers}\r\n${body}`,
  );

/** An answer that ends when it is left. */
async function openStream(cookie: string, path: string): Promise<Answer> {
  const leaving = new AbortController();
  const answer = await fetch(`${place("latchkey")}${path}`, { headers: { cookie }, signal: leaving.signal });
  leaving.abort();
  return { status: answer.status, headers: Object.fromEntries(answer.headers) };
}

const page = { "content-type": /^text\/html/, "content-security-policy": /script-src 'self' 'nonce-/ };
const saved = { "content-security-policy": /sandbox/, "cache-control": /no-store/ };

async function check(kinds: readonly Kind[]): Promise<void> {
  for (const [what, status, ask, also = {}] of kinds) {
    const { status: answered, headers } = await ask();
    expect.soft(answered, what).toBe(status);
    const wanted: Record<string, RegExp> = {
      "content-security-policy": /default-src 'none'[\s\S]*frame-ancestors '(none|self)'|sandbox/,
      "x-content-type-options": /^nosniff$/,
      "x-frame-options": /^(DENY|SAMEORIGIN)$/,
      "cross-origin-resource-policy": /^same-origin$/,
      "cross-origin-opener-policy": /^same-origin$/,
      "referrer-policy": /^(same-origin|no-referrer)$/,
      "permissions-policy": /camera=\(\)/,
      "x-dns-prefetch-control": /^off$/,
      ...(status === 304 || status === 204 ? {} : { "content-type": /^[a-z]+\/[a-z0-9.+-]+/ }),
      ...also,
    };
    for (const [name, value] of Object.entries(wanted)) {
      expect.soft(headers[name] ?? "", `${what}: ${name}`).toMatch(value);
    }
    expect.soft(headers["x-powered-by"], what).toBeUndefined();
  }
}

test("every kind of answer that a stranger gets says how it is to be treated", async ({
  context,
  request,
}) => {
  const ask = asking(request);
  const html = await (await request.get("/")).text();
  const style = /\/_next\/static\/[^"]+\.css/.exec(html)?.[0] ?? "no-style";
  const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? "no-script";
  const etag = (await ask("/fonts/inter/index.css")).headers.etag ?? "";
  const own = { origin: place("latchkey") };
  await check([
    ["the door", 200, () => ask("/"), page],
    ["the head of the door", 200, () => ask("/", { method: "HEAD" })],
    ["a page for people who are signed in", 307, () => ask("/mail")],
    ["another", 307, () => ask("/accounts")],
    ["a list", 307, () => ask(`/mail/${noAccount}/inbox`)],
    ["an admin's page", 404, () => ask("/admin"), page],
    ["no page", 404, () => ask("/nothing"), page],
    ["nothing below the API", 404, () => ask("/api/nothing"), { "content-type": /^text\/html/ }],
    ["a page that says what went wrong", 200, () => ask("/sign-in-problem?reason=access-denied"), page],
    ["a page's data, by an address that is not its own", 307, () => ask("/", { headers: { rsc: "1" } })],
    ["a script", 200, () => ask(script), { "content-type": /javascript/ }],
    ["a style", 200, () => ask(style), { "content-type": /^text\/css/ }],
    ["no script", 404, () => ask("/_next/static/nothing.js")],
    ["a font's style", 200, () => ask("/fonts/inter/index.css"), { "content-type": /^text\/css/ }],
    [
      "what the browser has already",
      304,
      () => ask("/fonts/inter/index.css", { headers: { "if-none-match": etag } }),
    ],
    ["a part", 200, () => ask("/fonts/inter/index.css", { headers: { range: "bytes=0-9" } })],
    [
      "a part that is none",
      200,
      () => ask("/fonts/inter/index.css", { headers: { range: "bytes=999999-" } }),
    ],
    [
      "a precondition that does not hold",
      200,
      () => ask("/fonts/inter/index.css", { headers: { "if-match": "x" } }),
    ],
    [
      "a precondition of time",
      200,
      () =>
        ask("/fonts/inter/index.css", {
          headers: { "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" },
        }),
    ],
    ["no font", 404, () => ask("/fonts/nothing.woff2")],
    ["the icon", 200, () => ask("/icon.svg"), { "content-type": /^image\/svg/ }],
    ["a picture to be made smaller", 404, () => ask("/_next/image?url=%2Ficon.svg&w=64&q=75")],
    ["a page of Next's own", 404, () => ask("/_error")],
    ["life", 200, () => ask("/api/health/live"), { "content-type": /^application\/json/ }],
    ["readiness", 200, () => ask("/api/health/ready"), { "content-type": /^application\/json/ }],
    ["nobody's session", 200, () => ask("/api/auth/session"), { "content-type": /^application\/json/ }],
    ["the way in, asked without a form", 303, () => ask("/api/auth/signin/google")],
    [
      "the way in",
      303,
      () => ask("/api/auth/signin/google", { method: "POST", headers: own, form: { callbackUrl: "/mail" } }),
    ],
    ["a way in that is none", 404, () => ask("/api/auth/nothing")],
    ["a callback out of nowhere", 303, () => ask("/api/auth/callback/google?code=a&state=b")],
    [
      "a form from elsewhere",
      403,
      () => ask("/api/auth/signout", { method: "POST", headers: { origin: "https://evil.example" } }),
    ],
    [
      "a page's form from elsewhere",
      403,
      () => ask("/accounts", { method: "POST", headers: { origin: "null" } }),
    ],
    [
      "an action that is none",
      400,
      () => ask("/", { method: "POST", headers: { ...own, "next-action": "x" }, data: "[]" }),
    ],
    [
      "a form that cannot be read",
      400,
      () =>
        ask("/", { method: "POST", headers: { ...own, "content-type": "multipart/form-data" }, data: "x" }),
    ],
    ["a push without a token", 401, () => ask("/api/google/push", { method: "POST", data: {} })],
    ["a push that is none", 405, () => ask("/api/google/push")],
    ["somebody's mail", 307, () => ask(`/mail/${noAccount}/message/${noMessage}/body`)],
    ["somebody's attachment", 307, () => ask(`/mail/${noAccount}/message/${noMessage}/attachment/1`)],
    ["a browser without scripts", 303, () => ask("/api/without-scripts")],
    ["a malformed address", 400, () => raw("GET", "/%"), { "content-type": /^text\/plain/ }],
    ["a malformed state of the router", 400, () => ask("/", { headers: { "next-router-state-tree": "x" } })],
    ["a malformed host", 400, () => sendRaw("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n")],
    ["what is no request", 400, () => sendRaw("nonsense\r\n\r\n")],
    ["a trace", 405, () => raw("TRACE", "/"), { allow: /^GET, HEAD, POST$/ }],
    ["a method that nobody knows", 405, () => raw("INVENTED", "/"), { allow: /^GET, HEAD, POST$/ }],
    ["a tunnel", 405, () => raw("CONNECT", "example.org:443"), { allow: /^GET, HEAD, POST$/ }],
    ["options", 405, () => raw("OPTIONS", "/api/health/live"), { allow: /^GET, HEAD, POST$/ }],
    [
      "a body of 20 kB",
      413,
      () => ask("/accounts", { method: "POST", headers: own, data: "a".repeat(20_000) }),
    ],
    ["a body of 150 MB", 413, () => raw("POST", "/api/auth/signout", "Content-Length: 150000000\r\n")],
    ["an expectation", 417, () => raw("GET", "/", "Expect: more\r\n")],
    ["a head of 20 kB", 431, () => raw("GET", "/", `Cookie: ${"a".repeat(20_000)}\r\n`)],
  ]);
  expect(await startSignIn(context)).toContain(place("google"));
});

test("every kind of answer that a reader gets says how it is to be treated", async ({
  context,
  newReader,
}) => {
  const { accountId: account, messageId: id } = await newReader({
    mail: [
      {
        subject: "Papers",
        html: "<p>Papers</p>",
        attachments: [{ filename: "a.txt", mimeType: "text/plain", contentBase64: "eA==" }],
      },
    ],
  });
  const ask = asking(context.request);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const message = `/mail/${account}/message/${id}`;
  const shown = await (await context.request.get(message)).text();
  const attachment = new RegExp(`${message}/attachment/[\\w.]+`).exec(shown)?.[0] ?? "no-attachment";
  await check([
    ["a list", 200, () => ask(`/mail/${account}/inbox`), { ...page, "cache-control": /no-store/ }],
    ["a search", 200, () => ask(`/mail/${account}/all?q=papers`), page],
    ["a message", 200, () => ask(message), page],
    [
      "its body, in the page's frame",
      200,
      () => ask(`${message}/body`),
      {
        "x-frame-options": /^SAMEORIGIN$/,
        "content-security-policy": new RegExp(
          `img-src ${place("latchkey")}${message}/attachment/ data:;.*sandbox`,
        ),
      },
    ],
    ["the whole of it", 200, () => ask(`${message}/raw`), saved],
    ["all its text", 200, () => ask(`${message}/text`), saved],
    ["what is attached", 200, () => ask(attachment), saved],
    ["what is not attached", 404, () => ask(`${message}/attachment/99`)],
    ["no message", 404, () => ask(`/mail/${account}/message/${noMessage}`), page],
    ["the body of none", 404, () => ask(`/mail/${account}/message/${noMessage}/body`)],
    ["somebody else's mail", 404, () => ask(`/mail/${noAccount}/inbox`), page],
    [
      "events",
      200,
      () => openStream(cookie, `/mail/${account}/live`),
      { "content-type": /^text\/event-stream/ },
    ],
    ["one's accounts", 200, () => ask("/accounts"), page],
    ["one's session", 200, () => ask("/api/auth/session"), { "content-type": /^application\/json/ }],
    [
      "the way out",
      303,
      () => ask("/api/auth/signout", { method: "POST", headers: { origin: place("latchkey") }, form: {} }),
      { "clear-site-data": /^"cache"$/ },
    ],
  ]);
});

test.describe("a page that is made to send a form elsewhere", () => {
  test.use({ expectedComplaints: /form-action/ });

  test("is stopped: forms go nowhere else", async ({ page }) => {
    await page.goto("/");
    const refused = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
            resolve(effectiveDirective),
          );
          const form = document.body.appendChild(document.createElement("form"));
          form.action = "https://elsewhere.invalid/take";
          form.method = "post";
          form.submit();
        }),
    );
    expect(await refused).toBe("form-action");
    expect(new URL(page.url()).pathname).toBe("/");
  });
});
