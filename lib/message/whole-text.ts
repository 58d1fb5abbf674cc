/** All the text of a message, however long: what is downloaded where only its beginning is shown. */

import type { Message } from "../domain/mail.ts";
import { htmlToText } from "./html/html-text.ts";
import { decodeText } from "./mime/charset.ts";
import type { DescribedPart } from "./mime/part.ts";
import { isHtml, selectParts } from "./mime/select-parts.ts";
import { decodeTransfer } from "./mime/transfer.ts";
import { printable } from "./mime/visible-text.ts";

/** @param loaded bytes of bodies that Gmail keeps apart, by part id; a part without is left out */
export function wholeText(message: Message, loaded: ReadonlyMap<string, Uint8Array>): string {
  const { plain } = selectParts(message.payload);
  return plain.map((part) => textOf(part, loaded)).join("\n\n");
}

function textOf(described: DescribedPart, loaded: ReadonlyMap<string, Uint8Array>): string {
  const { part, parameters } = described;
  const bytes = loaded.get(part.partId) ?? decodeTransfer(part.body.data ?? "").bytes;
  const text = printable(decodeText(bytes, parameters.charset ?? null).text);
  return isHtml(described) ? htmlToText(text) : text;
}
