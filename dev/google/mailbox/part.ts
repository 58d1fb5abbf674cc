export interface Header {
  name: string;
  value: string;
}

/** A MIME part with its content in bytes, transfer encoding undone. */
export interface Part {
  mimeType: string;
  filename: string;
  headers: Header[];
  /** Null for a multipart. */
  body: Buffer | null;
  parts: Part[];
}

/** A part as Gmail's JSON spells it. @see https://developers.google.com/gmail/api/reference/rest/v1/users.messages#MessagePart */
export interface MessagePart {
  partId: string;
  mimeType: string;
  filename: string;
  headers: Header[];
  body: { size: number; data?: string; attachmentId?: string };
  parts?: MessagePart[];
}

/** Depth first, the part itself included; ids as Gmail numbers them: "" for the root, then "0", "0.1", … */
export function* walk(part: Part, partId = ""): Generator<{ part: Part; partId: string }> {
  yield { part, partId };
  for (const [index, child] of part.parts.entries()) {
    yield* walk(child, partId === "" ? String(index) : `${partId}.${index}`);
  }
}

/** Whether Gmail keeps the content apart: it has a file name, or is no text. */
export function isAttachment(part: Part): boolean {
  return part.body !== null && (part.filename !== "" || !part.mimeType.startsWith("text/"));
}

export function toMessagePart(
  part: Part,
  attachmentIdOf: (partId: string) => string,
  partId = "",
): MessagePart {
  const body =
    part.body === null
      ? { size: 0 }
      : isAttachment(part)
        ? { attachmentId: attachmentIdOf(partId), size: part.body.length }
        : { size: part.body.length, data: part.body.toString("base64url") };
  return {
    partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.headers,
    body,
    ...(part.parts.length > 0
      ? {
          parts: part.parts.map((child, index) =>
            toMessagePart(child, attachmentIdOf, partId === "" ? String(index) : `${partId}.${index}`),
          ),
        }
      : {}),
  };
}

/** An estimate of the RFC 822 size in bytes. */
export function sizeOf(root: Part): number {
  let bytes = 0;
  for (const { part } of walk(root)) {
    for (const { name, value } of part.headers) bytes += name.length + value.length + 4;
    bytes += Math.ceil((part.body?.length ?? 0) * (isAttachment(part) ? 1.37 : 1)) + 60;
  }
  return bytes;
}
