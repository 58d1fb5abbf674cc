/** All the text of a message, however long: what is downloaded where only its beginning is shown. */

import type { Message, MessagePart } from "../domain/mail.ts";
import { htmlToText } from "./html/html-text.ts";
import { decodeText } from "./mime/charset.ts";
import { headerText } from "./mime/headers.ts";
import type { DescribedPart } from "./mime/part.ts";
import { isHtml, selectParts } from "./mime/select-parts.ts";
import { decodeTransfer } from "./mime/transfer.ts";
import { printable } from "./mime/visible-text.ts";
import { unarmoured } from "./text/armour.ts";

/** Messages within messages are followed so deep. */
const depthLimit = 5;

/**
 * @param message with its containers opened
 * @param loaded bytes of bodies that Gmail keeps apart, by part id; a part without is left out
 */
export function wholeText({ payload }: Message, loaded: ReadonlyMap<string, Uint8Array>): string {
  return textsOf(payload, loaded, 0).join("\n\n");
}

function textsOf(payload: MessagePart, loaded: ReadonlyMap<string, Uint8Array>, depth: number): string[] {
  const { plain, reports, enclosed } = selectParts(payload);
  const within = depth === depthLimit ? [] : enclosed.flatMap(({ part }) => part.parts);
  return [
    ...[...plain, ...reports].map((part) => textOf(part, loaded)),
    ...within.flatMap((child) => [headOf(child), ...textsOf(child, loaded, depth + 1)]),
  ];
}

/** The lines above a message within the message. */
const headOf = ({ headers }: MessagePart): string =>
  ["From", "To", "Cc", "Date", "Subject"]
    .flatMap((name) => {
      const text = headerText(headers, name.toLowerCase());
      return text === null ? [] : [`${name}: ${text}`];
    })
    .join("\n");

function textOf(described: DescribedPart, loaded: ReadonlyMap<string, Uint8Array>): string {
  const { part, parameters } = described;
  const bytes = loaded.get(part.partId) ?? decodeTransfer(part.body.data ?? "").bytes;
  const text = printable(decodeText(bytes, parameters.charset ?? null).text);
  return isHtml(described) ? htmlToText(text) : unarmoured(text).text;
}
