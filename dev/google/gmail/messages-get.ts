import { randomBytes } from "node:crypto";
import type { Content } from "../mailbox/content.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import { type GmailContext, longString, messageOf } from "./context.ts";
import { ApiError, invalidArgument } from "./errors.ts";

type Format = "minimal" | "metadata" | "full" | "raw";

/**
 * `users.messages.get` in its four formats.
 * @see https://developers.google.com/gmail/api/reference/rest/v1/users.messages/get
 */
export async function getMessage(context: GmailContext): Promise<unknown> {
  const format = formatOf(context);
  return messageResource(
    context.mailbox,
    messageOf(context),
    format,
    context.query.getAll("metadataHeaders"),
  );
}

export function formatOf({ query, metadataOnly }: GmailContext): Format {
  const format = query.get("format")?.toLowerCase() ?? "full";
  if (!["minimal", "metadata", "full", "raw"].includes(format)) {
    throw invalidArgument(`Invalid value at 'format': "${format}"`);
  }
  if (metadataOnly && (format === "full" || format === "raw")) {
    throw new ApiError(403, {
      reason: "forbidden",
      message: `Metadata scope doesn't allow format ${format.toUpperCase()}`,
    });
  }
  return format as Format;
}

/** A message as JSON. `labelIds` is absent when it has none. */
export async function messageResource(
  mailbox: Mailbox,
  index: number,
  format: Format,
  metadataHeaders: string[],
) {
  const content = await mailbox.contents.open(index);
  const labelIds = mailbox.labelIdsOf(index);
  return {
    id: mailbox.idOf(index),
    threadId: mailbox.threadIdOf(index),
    ...(labelIds.length > 0 ? { labelIds } : {}),
    snippet: content.snippet,
    ...payloadOf(content, index, format, metadataHeaders),
    sizeEstimate: content.sizeEstimate,
    historyId: longString(mailbox.historyIdOf(index)),
    internalDate: longString(mailbox.dateOf(index)),
  };
}

function payloadOf(
  content: Content,
  index: number,
  format: Format,
  metadataHeaders: string[],
): Record<string, unknown> {
  if (format === "minimal") return {};
  if (format === "raw") return { raw: content.raw().toString("base64url") };
  const payload = content.payload((partId) => attachmentId(index, partId));
  return { payload: format === "full" ? payload : withoutBodies(payload, metadataHeaders) };
}

function withoutBodies(payload: unknown, metadataHeaders: string[]): unknown {
  if (typeof payload !== "object" || payload === null) return payload;
  const { mimeType, headers } = payload as { mimeType?: unknown; headers?: unknown };
  const wanted = new Set(metadataHeaders.map((name) => name.toLowerCase()));
  const kept = Array.isArray(headers)
    ? headers.filter((header) => wanted.size === 0 || wanted.has(String(header?.name).toLowerCase()))
    : headers;
  return { mimeType, ...(Array.isArray(kept) && kept.length === 0 ? {} : { headers: kept }) };
}

/** Attachment ids are long, and different each time a message is fetched. */
function attachmentId(index: number, partId: string): string {
  return `ANGjd${Buffer.from(JSON.stringify([index, partId, randomBytes(48).toString("hex")])).toString("base64url")}`;
}

/** The part an attachment id stands for, or null when it is not one of this message. */
export function partOfAttachmentId(id: string, index: number): string | null {
  try {
    const [message, partId] = JSON.parse(Buffer.from(id.slice(5), "base64url").toString("utf8")) as unknown[];
    return message === index && typeof partId === "string" ? partId : null;
  } catch {
    return null;
  }
}
