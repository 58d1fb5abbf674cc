/** Latchkey and three readers of mail that are not ours, each with its opinion of a message. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
import type { MessagePart } from "#lib/domain/mail.ts";
import type { EnclosedMessage, MessageContent, TextBlock } from "#lib/domain/readable-message.ts";
import { openContainers } from "#lib/message/containers/open-containers.ts";
import { bodyPartsToLoad } from "#lib/message/content.ts";
import { mailFrom } from "#lib/message/fixtures/gmail-payload.ts";
import { htmlToText } from "#lib/message/html/html-text.ts";
import { decodeTransfer } from "#lib/message/mime/transfer.ts";
import { makeReadable } from "#lib/message/readable.ts";
import { wholeText } from "#lib/message/whole-text.ts";
import type { Opinion } from "./opinion.ts";

/** Of what is left without line endings: some readers write others, or leave out the last. */
function hash(bytes: Uint8Array | ArrayBuffer | string): string {
  const content = typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(new Uint8Array(bytes));
  const text = content.toString("latin1").replace(/\r\n?/g, "\n").replace(/\s+$/, "");
  return createHash("sha256").update(text, "latin1").digest("hex");
}

/** What Latchkey shows, and what it lets its reader save. */
export async function latchkey(file: string): Promise<Opinion> {
  const { message: given, bytes } = await mailFrom(readFileSync(file));
  const loaded = new Map(
    bodyPartsToLoad(given).map(({ partId }) => [partId, bytes.get(partId) ?? Buffer.alloc(0)]),
  );
  const message = await openContainers(given, loaded);
  const read = makeReadable(message, { loaded });
  const { from } = read;
  return {
    subject: read.subject,
    from: from && { name: from.name ?? "", address: from.address },
    text: `${textOf(read)}\n${wholeText(message, loaded)}`,
    files: filesOf(read).map((partId) => hash(bytes.get(partId) ?? bytesIn(message.payload, partId))),
  };
}

const filesOf = ({ attachments, enclosed }: MessageContent): string[] => [
  ...attachments.map(({ partId }) => partId),
  ...enclosed.flatMap(filesOf),
];

/** Of a part that stood in a container. */
function bytesIn(part: MessagePart, partId: string): Buffer {
  if (part.partId === partId) return decodeTransfer(part.body.data ?? "").bytes;
  return Buffer.concat(part.parts.map((child) => bytesIn(child, partId)));
}

function textOf({ body, report, enclosed }: MessageContent): string {
  const shown = body.kind === "html" ? htmlToText(body.html) : "";
  const blocks = body.kind === "none" ? [] : body.blocks;
  return [shown, ...blocks.map(wordsOf), report?.details ?? "", ...enclosed.map(textOfEnclosed)].join("\n");
}

function textOfEnclosed(message: EnclosedMessage): string {
  const people = [message.from, ...message.to, ...message.cc].map((one) => `${one?.name} ${one?.address}`);
  return [message.subject, ...people, textOf(message)].join("\n");
}

function wordsOf(block: TextBlock): string {
  const text = (runs: readonly { text: string }[]) => runs.map((run) => run.text).join("");
  return block.kind === "quote"
    ? [text(block.attribution), ...block.blocks.map(wordsOf)].join("\n")
    : text(block.runs);
}

interface File {
  readonly filename: string | null;
  readonly mimeType: string;
  readonly disposition?: string | null | undefined;
  readonly content: ArrayBuffer | Uint8Array | string;
}

/** What others call an attachment is text to be read here, where nobody has named it and it is one. */
const isFile = ({ filename, mimeType, disposition }: File) =>
  filename !== null || disposition === "attachment" || !/^(?:text\/(?!calendar)|message\/)/.test(mimeType);

function textInFile(file: File): string {
  if (isFile(file) || !/^text\/(?!rfc822)/.test(file.mimeType)) return "";
  const { content, mimeType } = file;
  const text = typeof content === "string" ? content : Buffer.from(new Uint8Array(content)).toString("utf8");
  return mimeType === "text/plain" ? text : htmlToText(text);
}

export async function postalMime(file: string): Promise<Opinion> {
  const mail = await PostalMime.parse(readFileSync(file));
  const from = mail.from?.address === undefined ? mail.from?.group?.[0] : mail.from;
  return {
    subject: mail.subject ?? null,
    from: from?.address === undefined ? null : { name: from.name ?? "", address: from.address },
    text: [mail.text ?? "", htmlToText(mail.html ?? ""), ...mail.attachments.map(textInFile)].join("\n"),
    files: mail.attachments.filter(isFile).map(({ content }) => hash(content)),
  };
}

export async function mailparser(file: string): Promise<Opinion> {
  const mail = await simpleParser(readFileSync(file), { skipTextToHtml: true, skipImageLinks: true });
  const files = mail.attachments.map(({ filename, contentType, contentDisposition, content }) => ({
    filename: filename ?? null,
    mimeType: contentType,
    disposition: contentDisposition,
    content: new Uint8Array(content),
  }));
  const from = mail.from?.value.find(({ address }) => address);
  return {
    subject: mail.subject ?? null,
    from: from?.address === undefined ? null : { name: from.name, address: from.address },
    text: [mail.text ?? "", htmlToText(mail.html || ""), ...files.map(textInFile)].join("\n"),
    files: files.filter(isFile).map(({ content }) => hash(content)),
  };
}

interface PythonsAnswer {
  readonly subject: string | null;
  readonly from: readonly (readonly [name: string, address: string])[] | null;
  readonly texts: readonly (readonly [kind: string, text: string])[];
  readonly files: readonly string[];
}

/** @param line what `read_mail.py` has written about a message; null where it fails on one */
export function python(line: string): Opinion | null {
  const answer = JSON.parse(line) as PythonsAnswer | { failed: string };
  if ("failed" in answer) return null;
  const from = answer.from?.find(([, address]) => address !== "" && address !== "<>");
  return {
    subject: answer.subject,
    from: from === undefined ? null : { name: from[0], address: from[1] },
    text: answer.texts.map(([kind, text]) => (kind === "html" ? htmlToText(text) : text)).join("\n"),
    files: answer.files,
  };
}
