import "server-only";
import { create } from "content-disposition";
import { notFound } from "next/navigation";
import { requestWords } from "../i18n/request-words.ts";
import { troubleWords } from "../i18n/trouble-words.ts";
import type { MessageOutcome } from "../use-cases/messages/read-message.ts";

export interface Served {
  /** 200 unless told. */
  readonly status?: number;
  readonly body: BodyInit;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whatever comes out of a mail is opened by nobody but a reader: no sniffing, no scripts, no other origin. */
const untrustedHeaders = {
  "cache-control": "private, no-store",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A part of a message as an answer; trouble as its words, with a status that says that it may pass. */
export async function answerOutcome<Content>(
  outcome: MessageOutcome<Content>,
  serve: (content: Content) => Served,
): Promise<Response> {
  if (outcome.ok) {
    const { status = 200, body, headers } = serve(outcome.content);
    return new Response(body, { status, headers: { ...untrustedHeaders, ...headers } });
  }
  if (outcome.trouble === "not-found") notFound();
  const t = await requestWords();
  const { title, text } = troubleWords(t, outcome.trouble);
  return new Response(`${t("sentence", { title })} ${text}\n`, {
    status: 503,
    // Where a frame was to be, the words stand in it.
    headers: {
      ...untrustedHeaders,
      "content-security-policy": `${untrustedHeaders["content-security-policy"]}; frame-ancestors 'self'`,
      "content-type": "text/plain; charset=utf-8",
    },
  });
}

/** For a file to be saved under this name, or shown. @see https://www.rfc-editor.org/rfc/rfc6266 */
export const dispositionOf = (filename: string, type: "attachment" | "inline" = "attachment"): string =>
  create(filename.toWellFormed(), { type });
