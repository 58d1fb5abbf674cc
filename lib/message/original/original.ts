/** A message's source, taken apart for people who want to see what was sent. Pure, and cheap: only its beginning is read. */

import type { Header } from "../../domain/mail.ts";
import type { AuthenticationNote, OriginalHeader, OriginalMessage } from "../../domain/original-message.ts";
import { readHeaderBlock, sourceText } from "../mime/header-block.ts";
import { headerText } from "../mime/headers.ts";
import { clipped } from "../mime/visible-text.ts";
import { authenticationNotes } from "./authentication-notes.ts";
import { decodedHeader } from "./decoded-header.ts";
import { hopsOf, tookMs } from "./hops.ts";
import { visibleSource } from "./visible-source.ts";

/** Of the source this much is shown; the rest is in the download. */
export const shownSourceBytes = 200_000;

/** More headers, or a longer one, are in the source below. */
const headersLimit = 200;
const valueLimit = 4_000;

/** @param beginning the first {@link shownSourceBytes} of the source, or all of it */
export function makeOriginal(beginning: Uint8Array, isWhole: boolean): OriginalMessage {
  const shown = beginning.subarray(0, shownSourceBytes);
  const block = readHeaderBlock(shown);
  const hops = hopsOf(block.headers);
  const notes = authenticationNotes(block.headers);
  const id = headerText(block.headers, "message-id");
  return {
    headers: block.headers
      .slice(0, headersLimit)
      .map((header, index) => toOriginalHeader(header, notes[index] ?? null)),
    isCut: block.headers.length > headersLimit || !(block.isWhole || isWhole),
    subject: headerText(block.headers, "subject"),
    messageId: id,
    hops,
    tookMs: tookMs(block.headers, hops),
    source: {
      text: visibleSource(sourceText(shown)),
      shownBytes: shown.length,
      isWhole: isWhole && shown.length === beginning.length,
    },
  };
}

function toOriginalHeader({ name, value }: Header, note: AuthenticationNote | null): OriginalHeader {
  const kept = value.slice(0, valueLimit);
  const decoded = decodedHeader({ name, value: kept });
  return {
    name: visibleSource(name).slice(0, 200),
    raw: visibleSource(kept),
    decoded: decoded === null ? null : clipped(decoded, valueLimit),
    isCut: kept.length < value.length,
    note,
  };
}
