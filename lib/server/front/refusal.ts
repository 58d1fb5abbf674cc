/** The answers of the front door itself: a sentence for a person, or for a program. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { languageOfHeaders } from "../../i18n/header-language.ts";
import { type RefusalStatus, refusalWords } from "../../i18n/refusal-words.ts";
import { type Words, wordsIn } from "../../i18n/words.ts";
import { hasBody } from "./bounded-body.ts";
import { allowedMethods } from "./judge-request.ts";

export interface RefusalContent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page (or, for programs, the line) that says why, with its headers. */
export function refusalContent(
  status: RefusalStatus,
  sent: Pick<IncomingHttpHeaders, "accept" | "cookie" | "accept-language">,
  afterSeconds?: number,
): RefusalContent {
  const t = wordsIn(languageOfHeaders(sent.cookie, sent["accept-language"]));
  const { title, text } = refusalWords(t, status, afterSeconds);
  const isPage = sent.accept?.includes("text/html") ?? false;
  const body = isPage ? page(t, title, text) : `${t("sentence", { title })} ${text}\n`;
  const headers = {
    "content-type": `text/${isPage ? "html" : "plain"}; charset=utf-8`,
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    ...(isPage ? { "content-security-policy": policy } : {}),
    ...(status === 405 ? { allow: allowedMethods.join(", ") } : {}),
    ...(afterSeconds === undefined ? {} : { "retry-after": String(afterSeconds) }),
  };
  return { headers, body };
}

/** Refuses a request: answers it, and reads no more of its body. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: RefusalStatus,
  afterSeconds?: number,
): void {
  const { headers, body } = refusalContent(status, request.headers, afterSeconds);
  const isWhole = request.complete || !hasBody(request);
  response.writeHead(status, { ...headers, ...(isWhole ? {} : { connection: "close" }) });
  if (request.method !== "HEAD") response.write(body);
  if (isWhole) response.end();
  else endGently(request, response);
}

/** A client that is still sending loses an answer when its connection is reset; it gets this long to read it, in ms. */
const momentMs = 1_000;

function endGently(request: IncomingMessage, response: ServerResponse): void {
  request.pause();
  const timer = setTimeout(() => {
    response.end();
    request.socket.destroy();
  }, momentMs);
  response.once("close", () => clearTimeout(timer));
}

function page(t: Words, title: string, text: string): string {
  return `<!doctype html>
<html lang="${t.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Latchkey</title>
<style>:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif}
main{max-width:420px;padding:24px}h1{font-size:28px;line-height:1.2}</style></head>
<body><main id="main"><h1>${title}</h1><p>${text}</p><p><a href="/">Latchkey</a></p></main></body></html>
`;
}
