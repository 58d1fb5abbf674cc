import { type MimeNode, Splitter } from "@zone-eu/mailsplit";
import iconv from "iconv-lite";
import { libmime } from "./libmime.ts";
import type { Header, Part } from "./part.ts";

interface Open {
  part: Part;
  chunks: Buffer[];
  encoding: string;
  charset: string;
}

/**
 * The MIME tree of an RFC 822 file, however broken. As Gmail does, text is turned into UTF-8 while its headers go on
 * naming the original charset (`keepCharset` leaves the bytes alone), header values are decoded, and a file that
 * cannot be taken apart becomes one plain text part.
 */
export async function parseRfc822(raw: Buffer, keepCharset = false): Promise<Part> {
  const opened = new Map<MimeNode, Open>();
  let root: Part | null = null;
  try {
    const splitter = new Splitter({ ignoreEmbedded: false });
    splitter.end(raw);
    for await (const chunk of splitter) {
      if (chunk.type === "node") {
        const node: Open = openNode(chunk);
        opened.set(chunk, node);
        const parent = chunk.parentNode ? opened.get(chunk.parentNode) : undefined;
        if (parent) parent.part.parts.push(node.part);
        root ??= node.part;
      } else if (chunk.type === "body") {
        opened.get(chunk.node)?.chunks.push(chunk.value);
      }
    }
  } catch {
    return unreadable(raw);
  }
  for (const node of opened.values()) close(node, keepCharset);
  return root ?? unreadable(raw);
}

function openNode(node: MimeNode): Open {
  const headers = headerLines(node.getHeaders().toString("latin1"));
  const value = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value ?? "";
  const type = libmime.parseHeaderValue(value("content-type"));
  const disposition = libmime.parseHeaderValue(value("content-disposition"));
  const mimeType = /^[\w.+-]+\/[\w.+-]+$/.test(type.value) ? type.value.toLowerCase() : "text/plain";
  const filename = libmime.decodeWords(disposition.params.filename ?? type.params.name ?? "");
  const multipart = mimeType.startsWith("multipart/") && Boolean(type.params.boundary);
  return {
    part: { mimeType, filename, headers, body: multipart ? null : Buffer.alloc(0), parts: [] },
    chunks: [],
    encoding: value("content-transfer-encoding").trim().toLowerCase(),
    charset: (type.params.charset ?? "utf-8").toLowerCase(),
  };
}

/** Unfolded and decoded; lines that are no header are dropped. Raw 8-bit values are taken as UTF-8. */
function headerLines(block: string): Header[] {
  const unfolded = block.replace(/\r?\n[ \t]+/g, " ");
  return unfolded.split(/\r?\n/).flatMap((line) => {
    const match = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:[ \t]*(.*)$/.exec(line);
    if (!match) return [];
    const value = Buffer.from(match[2] ?? "", "latin1").toString("utf8");
    return [{ name: match[1] ?? "", value: decoded(value) }];
  });
}

function decoded(value: string): string {
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}

function close(node: Open, keepCharset: boolean): void {
  const { part } = node;
  if (part.body === null) return;
  const bytes = transferDecoded(Buffer.concat(node.chunks), node.encoding);
  const isText = part.mimeType.startsWith("text/") && part.filename === "";
  const convert =
    isText && !keepCharset && !/^(utf-?8|us-ascii)$/.test(node.charset) && iconv.encodingExists(node.charset);
  part.body = convert ? Buffer.from(iconv.decode(bytes, node.charset)) : bytes;
}

function transferDecoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(bytes.toString("latin1"), "base64");
  if (encoding !== "quoted-printable") return bytes;
  const text = bytes
    .toString("latin1")
    .replace(/=[ \t]*\r?\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, "latin1");
}

function unreadable(raw: Buffer): Part {
  return { mimeType: "text/plain", filename: "", headers: [], body: raw, parts: [] };
}
