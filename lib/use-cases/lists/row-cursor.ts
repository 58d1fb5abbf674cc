import { z } from "zod";
import type { RowKey } from "../../mailbox/message-rows.ts";

/**
 * Where a page of a list begins: beside which row, on which side of it, and how many rows are newer than that. Opaque in
 * the address; whatever comes back from there is parsed.
 */
export interface RowCursor {
  readonly side: "older" | "newer";
  readonly key: RowKey;
  /** Older: rows before the page. Newer: rows before the page's end. */
  readonly before: number;
}

const form = /^([on])(\d{1,16})-(\d{1,9})-([0-9A-Za-z_-]{1,64})$/;

const schema = z.tuple([z.enum(["o", "n"]), z.coerce.number().int(), z.coerce.number().int(), z.string()]);

export const encodeRowCursor = ({ side, key, before }: RowCursor): string =>
  `${side === "older" ? "o" : "n"}${key.internalDateMs}-${before}-${key.messageId}`;

/** The cursor, or null when the text is none. */
export function decodeRowCursor(text: string): RowCursor | null {
  const parsed = schema.safeParse(form.exec(text)?.slice(1));
  if (!parsed.success) return null;
  const [side, internalDateMs, before, messageId] = parsed.data;
  if (!Number.isSafeInteger(internalDateMs)) return null;
  return { side: side === "o" ? "older" : "newer", key: { internalDateMs, messageId }, before };
}
