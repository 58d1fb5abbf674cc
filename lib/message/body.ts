/** The body: the selected parts put together as HTML with a text beside it, or as text alone. */

import type { MailLink } from "../domain/mail-link.ts";
import type { Problem, ReadableBody, TextBlock } from "../domain/readable-message.ts";
import { type RemoteContent, withoutRepeats } from "../domain/remote-content.ts";
import { finishHtml } from "./html/finish-html.ts";
import { escapeHtml } from "./html/html-entities.ts";
import { htmlToText } from "./html/html-text.ts";
import { sanitize, TooDeepError } from "./html/sanitize.ts";
import { linkedBlocks } from "./linked-blocks.ts";
import type { Conversation } from "./mime/conversation.ts";
import type { DescribedPart } from "./mime/part.ts";
import { isHtml, type SelectedParts } from "./mime/select-parts.ts";
import { type PartText, partLines, partText, textLimit } from "./text/body-text.ts";
import { plainLines } from "./text/flowed.ts";
import { toRuns } from "./text/links.ts";
import { toBlocks } from "./text/text-blocks.ts";

export interface ReadBody {
  readonly body: ReadableBody;
  readonly problems: readonly Problem[];
  readonly remoteContent: RemoteContent;
  /** Links of which there is something to say. */
  readonly links: readonly MailLink[];
  /** Content ids of the attached parts that the HTML shows. */
  readonly contentIds: ReadonlySet<string>;
}

/** How much plain text may still be shown; what is read takes from it. */
export interface TextRoom {
  characters: number;
}

type Loaded = ReadonlyMap<string, Uint8Array>;
type TextMessage = Extract<ReadableBody, { kind: "text" }>;
type Reader = (part: DescribedPart) => string;

/** @param loaded bytes of bodies that Gmail keeps apart, by part id. */
export function readBody(
  { rich, plain, problems: known }: SelectedParts,
  loaded: Loaded,
  conversation: Conversation,
  room: TextRoom,
): ReadBody {
  const texts = new Map<DescribedPart, PartText>();
  for (const part of new Set([...rich, ...plain])) {
    const text = partText(part, loaded, room.characters);
    if (!isHtml(part)) room.characters -= text.text.length;
    texts.set(part, text);
  }
  const problems = cutOnce([...texts.values()]);
  const read: Reader = (part) => texts.get(part)?.text ?? "";
  const isBlank = [...texts.values()].every(({ text }) => text.trim() === "");
  if (isBlank)
    return { ...withoutHtml({ kind: "none" }), problems: [...problems, ...absence([...known, ...problems])] };
  const html = rich.some(isHtml) ? readHtml(rich, plain, read, conversation) : null;
  if (html === null) {
    const isCut = plain.some((part) => texts.get(part)?.rest !== "");
    const body = readText(plain, read, conversation);
    return { ...withoutHtml(isCut ? { ...body, isCut } : body), problems };
  }
  const others = html.problems.filter((problem) => !problems.some(({ code }) => code === problem.code));
  return { ...html, problems: [...problems, ...others] };
}

/** Of several texts that were cut it is said once how much is shown. */
function cutOnce(texts: readonly PartText[]): Problem[] {
  const problems = texts.flatMap((text) => text.problems);
  const shownBytes = texts.reduce((sum, text) => sum + text.shownBytes, 0);
  const others = problems.filter(({ code }) => code !== "too-large");
  return others.length === problems.length ? others : [...others, { code: "too-large", shownBytes }];
}

const explainsAbsence = new Set<Problem["code"]>([
  "body-not-loaded",
  "encrypted",
  "partial",
  "signed-opaque",
  "too-deep",
]);

/** Nothing to read is only worth saying when nothing else explains it. */
function absence(problems: readonly Problem[]): Problem[] {
  return problems.some(({ code }) => explainsAbsence.has(code)) ? [] : [{ code: "no-body" }];
}

function withoutHtml(body: ReadableBody): ReadBody {
  const links: MailLink[] = [];
  const linked = body.kind === "text" ? { ...body, blocks: linkedBlocks(body.blocks, links) } : body;
  return { body: linked, problems: [], remoteContent: { pictures: [] }, links, contentIds: new Set() };
}

function readText(parts: readonly DescribedPart[], read: Reader, conversation: Conversation): TextMessage {
  return { kind: "text", blocks: parts.flatMap((part) => textBlocks(part, read(part), conversation)) };
}

function textBlocks(part: DescribedPart, text: string, conversation: Conversation): TextBlock[] {
  const lines = isHtml(part) ? plainLines(shown(htmlToText(text))) : partLines(part, text);
  return toBlocks(lines, conversation);
}

/** As much of HTML's text as is shown where HTML is not. */
const shown = (text: string) => text.slice(0, textLimit).toWellFormed();

/** Each part is sanitized by itself, so that an unclosed element in one cannot swallow the next. */
function readHtml(
  rich: readonly DescribedPart[],
  plain: readonly DescribedPart[],
  read: Reader,
  conversation: Conversation,
): ReadBody {
  try {
    const pictures: string[] = [];
    const pieces = rich.map((part) => (isHtml(part) ? sanitize(read(part), pictures) : asHtml(read(part))));
    const finished = finishHtml(pieces.map((piece) => piece.html).join("\n"), conversation);
    const { html, heightPx } = finished;
    if (!finished.isVisible) {
      return plain.some(isHtml)
        ? { ...withoutHtml({ kind: "none" }), problems: [{ code: "no-body" }] }
        : withoutHtml(readText(plain, read, conversation));
    }
    const blocks = plain.some(isHtml)
      ? toBlocks(plainLines(shown(finished.text())), conversation)
      : plain.flatMap((part) => textBlocks(part, read(part), conversation));
    return {
      body: {
        kind: "html",
        html,
        heightPx,
        css: pieces.map(({ css }) => css).join(""),
        pictures,
        hasOwnColors: pieces.some((piece) => piece.hasOwnColors),
        blocks: linkedBlocks(blocks, []),
      },
      problems: finished.isCut ? [{ code: "too-large", shownBytes: Buffer.byteLength(html) }] : [],
      links: finished.links,
      remoteContent: { pictures: withoutRepeats(pieces.flatMap((piece) => piece.remoteContent.pictures)) },
      contentIds: new Set(pieces.flatMap(({ contentIds }) => [...contentIds])),
    };
  } catch (error) {
    if (!(error instanceof TooDeepError)) throw error;
    return { ...withoutHtml(readText(plain, read, conversation)), problems: [{ code: "too-deep" }] };
  }
}

/** A text between HTML parts, such as the footer a mailing list appends. */
function asHtml(text: string): ReturnType<typeof sanitize> {
  const runs = toRuns(text.trim()).map((run) =>
    run.href === undefined
      ? escapeHtml(run.text)
      : `<a href="${escapeHtml(run.href)}" rel="noopener noreferrer nofollow" target="_blank">${escapeHtml(run.text)}</a>`,
  );
  return {
    html: `<div class="plain-text">${runs.join("")}</div>`,
    css: "",
    hasOwnColors: false,
    remoteContent: { pictures: [] },
    contentIds: new Set(),
  };
}
