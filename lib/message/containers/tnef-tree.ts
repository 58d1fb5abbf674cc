/** A TNEF attachment as the parts that it would have been, had its sender's server spoken MIME. */

import libmime from "libmime";
import type { Header, MessagePart } from "../../domain/mail.ts";
import { decompressRtf, textOfRtf } from "./compressed-rtf.ts";
import { property } from "./mapi-properties.ts";
import { inPlace } from "./mime-tree.ts";
import { readTnef, type TnefFile, type TnefMessage, textIn } from "./tnef.ts";

/** Messages within messages are opened so deep. */
const depthLimit = 5;

/**
 * @param root the id of the part that stands for the message; those within it are "0", "0.1" and so on behind `prefix`
 * @returns null where the bytes are no TNEF
 */
export function tnefTree(bytes: Uint8Array, root: string, prefix: string, depth = 0): MessagePart | null {
  const message = readTnef(bytes);
  if (message === null || depth > depthLimit) return null;
  const texts = textsOf(message);
  const parts: MessagePart[] = [];
  const nextId = () => `${prefix}${parts.length}`;
  if (texts.length > 0) {
    const id = nextId();
    const alternatives = texts.map(({ mimeType, charset, bytes: text }, at) =>
      leaf(`${id}.${at}`, mimeType, "", text, [
        { name: "Content-Type", value: charset === "" ? mimeType : `${mimeType}; charset=${charset}` },
      ]),
    );
    parts.push(container(id, "multipart/alternative", alternatives));
  }
  for (const file of message.files) parts.push(partOf(file, nextId(), depth));
  return container(root, "multipart/mixed", parts, headersOf(message));
}

function headersOf(message: TnefMessage): Header[] {
  const decode = textIn(message.codePage);
  const text = (id: number) => property.text(message.properties, id, decode);
  const subject = text(property.subject) || (message.subject === null ? "" : decode(message.subject));
  const sender = text(property.senderName);
  const address = text(property.senderAddress);
  const isAddress = /^[^\s@<>"]+@[^\s@<>"]+$/u.test(address);
  return [
    ...(subject === "" ? [] : [{ name: "Subject", value: libmime.encodeWords(subject, "B") }]),
    ...(sender === "" && !isAddress
      ? []
      : [{ name: "From", value: `${libmime.encodeWords(sender, "B")} ${isAddress ? `<${address}>` : ""}` }]),
  ];
}

interface Text {
  readonly mimeType: "text/plain" | "text/html";
  /** Empty where the bytes say it themselves. */
  readonly charset: string;
  readonly bytes: Uint8Array;
}

/** The message in each of the ways that it is told, the plainest first. */
function textsOf({ properties, body, codePage }: TnefMessage): Text[] {
  const texts: Text[] = [];
  const utf8 = (mimeType: Text["mimeType"], text: string) => {
    if (text.trim() !== "") texts.push({ mimeType, charset: "utf-8", bytes: Buffer.from(text) });
  };
  utf8(
    "text/plain",
    property.text(properties, property.body, textIn(codePage)) || textIn(codePage)(body ?? new Uint8Array()),
  );
  const html = property.bytes(properties, property.html);
  const rtf = property.bytes(properties, property.rtf);
  if (html !== null && html.length > 0) {
    const page = property.number(properties, property.internetCodePage) || codePage;
    texts.push({ mimeType: "text/html", charset: `cp${page}`, bytes: html });
  } else if (rtf !== null) {
    const unpacked = decompressRtf(rtf);
    const text = unpacked === null ? null : textOfRtf(unpacked);
    if (text?.mode === "html") utf8("text/html", text.text);
    else if (text !== null && texts.length === 0) utf8("text/plain", text.text);
  }
  return texts;
}

function partOf(file: TnefFile, partId: string, depth: number): MessagePart {
  const message = file.isMessage ? tnefTree(file.bytes, `${partId}.0`, `${partId}.0.`, depth + 1) : null;
  if (message !== null) {
    return container(partId, "message/rfc822", [message]);
  }
  const headers = file.contentId === "" ? [] : [{ name: "Content-ID", value: `<${file.contentId}>` }];
  const isType = /^[\w.+-]+\/[\w.+-]+$/u.test(file.mimeType) && !file.mimeType.startsWith("multipart/");
  const mimeType = isType ? file.mimeType : libmime.detectMimeType(file.name);
  return leaf(partId, mimeType, file.name, file.bytes, [
    ...headers,
    { name: "Content-Disposition", value: file.contentId === "" ? "attachment" : "inline" },
  ]);
}

function leaf(
  partId: string,
  mimeType: string,
  filename: string,
  bytes: Uint8Array,
  headers: readonly Header[],
): MessagePart {
  const part = { partId, mimeType, filename, headers };
  return { ...part, body: inPlace(part, Buffer.from(bytes)), parts: [] };
}

function container(
  partId: string,
  mimeType: string,
  parts: readonly MessagePart[],
  headers: readonly Header[] = [],
): MessagePart {
  return {
    partId,
    mimeType,
    filename: "",
    headers,
    body: { sizeBytes: 0, data: null, attachmentId: null },
    parts,
  };
}
