/**
 * Parts that hold a message in a form that Gmail does not look into: S/MIME signatures, Outlook's winmail.dat, messages in an
 * encoding of their own. What is in them becomes parts beneath them, with ids of their own: what stands in part "1" is "1~0",
 * and what that holds is "1~0.0", "1~0.1".
 */

import type { Header, Message, MessagePart } from "../../domain/mail.ts";
import { partName } from "../../domain/paths.ts";
import { structuredHeader } from "../mime/headers.ts";
import { decodeTransfer } from "../mime/transfer.ts";
import { mimeTree } from "./mime-tree.ts";
import { type SmimeType, smimeContent } from "./smime.ts";
import { tnefTree } from "./tnef-tree.ts";

/** So many are opened in one message, and so deep in one another. */
const countLimit = 50;
const depthLimit = 5;
/** Parts nest no deeper than this: see `selectParts`. */
const treeLimit = 100;
const mark = "~";

type Opener = (bytes: Uint8Array, part: MessagePart) => Promise<MessagePart> | MessagePart;

/** Whether the part can be opened, once its bytes are here. */
export const isContainer = (part: MessagePart): boolean => openerOf(part) !== null;

function openerOf({ mimeType, filename, parts, headers }: MessagePart): Opener | null {
  if (parts.length > 0) return null;
  const type = mimeType.toLowerCase();
  const hasName = (pattern: RegExp) => type === "application/octet-stream" && pattern.test(filename);
  if (/^application\/(?:x-)?pkcs7-mime$/u.test(type) || hasName(/\.p7m$/iu)) return openSmime;
  if (/^application\/(?:vnd\.)?ms-tnef$/u.test(type) || hasName(/^win(?:mail)?\.dat$/iu)) return openTnef;
  const isHead = /^(?:text|message)\/rfc822-headers$/u.test(type);
  const isSaved = structuredHeader(headers, "content-disposition").value === "attachment";
  const isMail = type === "message/rfc822" || type === "message/global" || hasName(/\.eml$/iu);
  return isMail || (isHead && !isSaved) ? openMail : null;
}

/**
 * The message with what its containers hold beneath them; the same one where it has none. One that does not open is left as it
 * is.
 * @param loaded bytes of the parts that Gmail keeps apart, by part id
 */
export async function openContainers(
  message: Message,
  loaded: ReadonlyMap<string, Uint8Array>,
): Promise<Message> {
  const opening = new Opening(loaded);
  const payload = await opening.openAll(message.payload, 0, 0);
  return payload === message.payload ? message : { ...message, payload };
}

class Opening {
  readonly #loaded: ReadonlyMap<string, Uint8Array>;
  #left = countLimit;

  constructor(loaded: ReadonlyMap<string, Uint8Array>) {
    this.#loaded = loaded;
  }

  async openAll(part: MessagePart, level: number, depth: number): Promise<MessagePart> {
    if (level > treeLimit) return part;
    if (part.parts.length > 0) {
      const parts: MessagePart[] = [];
      for (const child of part.parts) parts.push(await this.openAll(child, level + 1, depth));
      return parts.every((child, at) => child === part.parts[at]) ? part : { ...part, parts };
    }
    const open = openerOf(part);
    const bytes = open === null || depth >= depthLimit || this.#left === 0 ? null : this.#bytesOf(part);
    if (open === null || bytes === null) return part;
    this.#left -= 1;
    try {
      const opened = await open(bytes, part);
      return opened.parts.length === 0 ? opened : await this.openAll(opened, level, depth + 1);
    } catch {
      // Broken within: it is listed as a file, and stays whole for whoever can read it.
      return part;
    }
  }

  #bytesOf({ partId, body }: MessagePart): Uint8Array | null {
    const bytes = this.#loaded.get(partId) ?? (body.data === null ? null : decodeTransfer(body.data).bytes);
    return bytes?.length === 0 ? null : bytes;
  }
}

const rootOf = (part: MessagePart) => `${partName(part.partId)}${mark}0`;

async function openMail(bytes: Uint8Array, part: MessagePart): Promise<MessagePart> {
  const root = rootOf(part);
  // A file that is one by its name alone is a message within the message, and none of its text.
  const mimeType =
    part.mimeType.toLowerCase() === "application/octet-stream" ? "message/rfc822" : part.mimeType;
  return { ...part, mimeType, parts: [await mimeTree(bytesOfMail(bytes), { root, prefix: `${root}.` })] };
}

/** Some wrap the message in base64 though the standard forbids it, and the first to take it apart may have left that on. */
function bytesOfMail(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const isEncoded = /^[\w+/=\s]+$/u.test(text) && !text.includes(":");
  return isEncoded ? Buffer.from(text, "base64") : bytes;
}

async function openSmime(bytes: Uint8Array, part: MessagePart): Promise<MessagePart> {
  const found = smimeContent(bytes);
  if (found === null) return part;
  const typed = { ...part, headers: [typeHeader(found.type), ...part.headers] };
  if (found.content === null) return typed;
  const root = rootOf(part);
  return { ...typed, parts: [await mimeTree(found.content, { root, prefix: `${root}.` })] };
}

/** What it is, whatever its sender calls it: the first of such headers counts. */
const typeHeader = (type: SmimeType): Header => ({
  name: "Content-Type",
  value: `application/pkcs7-mime; smime-type=${type}`,
});

function openTnef(bytes: Uint8Array, part: MessagePart): MessagePart {
  const root = rootOf(part);
  const tree = tnefTree(bytes, root, `${root}.`);
  return tree === null ? part : { ...part, parts: [tree] };
}

export interface ContainedPart {
  readonly part: MessagePart;
  readonly bytes: Uint8Array;
}

/** The part that holds a contained one, by their names in addresses; the name itself where it stands in no container. */
export const containerOf = (name: string): string => name.split(mark, 1)[0] ?? name;

/**
 * One part of a container, by its name in addresses.
 * @param container the part of the message that {@link containerOf} names
 * @param bytes of that part
 * @returns null where it has no such part
 */
export async function containedPart(
  container: MessagePart,
  bytes: Uint8Array,
  name: string,
): Promise<ContainedPart | null> {
  const opened = await new Opening(new Map([[container.partId, bytes]])).openAll(container, 0, 0);
  const open = [opened];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const isIt = part.partId === name && part.body.data !== null;
    if (isIt) return { part, bytes: decodeTransfer(part.body.data ?? "").bytes };
    open.push(...part.parts);
  }
  return null;
}
