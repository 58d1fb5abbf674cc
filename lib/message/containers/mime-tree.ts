/**
 * A message in its own bytes as the tree of parts that Gmail makes of one: for messages that Gmail has not opened, since they
 * stand in a signature or in an encoding.
 * @see https://www.rfc-editor.org/rfc/rfc2046 §5
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart
 */

import { once } from "node:events";
import { type MimeNode, Splitter } from "@zone-eu/mailsplit";
import type { Header, MessagePart } from "../../domain/mail.ts";

type Node = InstanceType<typeof MimeNode>;

interface Branch {
  readonly node: Node;
  readonly chunks: Buffer[];
  readonly children: Branch[];
}

/** Where the bytes of a part go, and what stands for them in the tree. */
export type BodyOf = (part: Omit<MessagePart, "body" | "parts">, bytes: Buffer) => MessagePart["body"];

/** Header lines of one part beyond this many bytes are refused. */
const headLimitBytes = 8 * 1_048_576;

export const inPlace: BodyOf = (_part, bytes) => ({
  sizeBytes: bytes.length,
  data: bytes.toString("base64url"),
  attachmentId: null,
});

/**
 * @param root the id of the outermost part; those within it are "0", "0.1" and so on behind `prefix`
 * @throws where heads are longer than 8 MiB or parts are more than a thousand
 */
export async function mimeTree(
  mail: Uint8Array,
  { root, prefix, bodyOf = inPlace }: { root: string; prefix: string; bodyOf?: BodyOf },
): Promise<MessagePart> {
  const branches = new Map<unknown, Branch>();
  let outermost: Branch | null = null;
  const splitter = new Splitter({ maxHeadSize: headLimitBytes });
  splitter.on("data", (chunk) => {
    if (chunk.type === "node") {
      const branch: Branch = { node: chunk as Node, chunks: [], children: [] };
      branches.set(chunk, branch);
      outermost ??= branch;
      branches.get(chunk.parentNode)?.children.push(branch);
    } else if (chunk.type === "body") {
      branches.get(chunk.node)?.chunks.push(chunk.value);
    }
  });
  const ended = once(splitter, "end");
  splitter.end(Buffer.from(mail));
  await ended;
  return partOf(outermost ?? { node: {} as Node, chunks: [], children: [] }, root, prefix, bodyOf);
}

async function partOf(branch: Branch, partId: string, prefix: string, bodyOf: BodyOf): Promise<MessagePart> {
  const { node, children } = branch;
  const part = {
    partId,
    mimeType: node.contentType || "text/plain",
    filename: node.filename || "",
    headers: headersOf(node),
  };
  const bytes = await decoded(branch);
  const body = node.multipart
    ? { sizeBytes: bytes.length, data: null, attachmentId: null }
    : bodyOf(part, bytes);
  const parts: MessagePart[] = [];
  for (const [index, child] of children.entries()) {
    parts.push(await partOf(child, `${prefix}${index}`, `${prefix}${index}.`, bodyOf));
  }
  return { ...part, body, parts };
}

async function decoded({ node, chunks }: Branch): Promise<Buffer> {
  const decoder = node.getDecoder();
  const bytes: Buffer[] = [];
  decoder.on("data", (chunk: Buffer) => bytes.push(chunk));
  const ended = once(decoder, "end");
  decoder.end(Buffer.concat(chunks));
  await ended;
  return Buffer.concat(bytes);
}

function headersOf(node: Node): Header[] {
  return (node.headers ? node.headers.getList() : []).map(({ line }) => {
    const text = Buffer.from(line, "binary").toString("utf8");
    const colon = text.indexOf(":");
    return { name: text.slice(0, colon), value: text.slice(colon + 1).trim() };
  });
}
