/**
 * The older messages inside a mail's HTML, folded with `<details>`: that needs no script. Works on sanitized markup only,
 * which is well-formed: every tag it meets was written by the sanitizer.
 */

/** Set by the sanitizer on elements that are a quote (`whole`) or after which one begins (`onwards`). */
export const QUOTE_MARKER = "data-quote";
/** What a folded quote is called; the frame puts its own words in its place. */
export const QUOTE_SUMMARY_TEXT = "Quoted text";
const QUOTE_SUMMARY = `<details class="quoted"><summary>${QUOTE_SUMMARY_TEXT}</summary>`;
const QUOTE_SUMMARY_OPEN = QUOTE_SUMMARY.replace("<details ", "<details open ");

const QUOTE_CLASSES =
  /(?:^|\s)(?:gmail_quote|gmail_extra|yahoo_quoted|protonmail_quote|zmail_extra|moz-forward-container|tutanota_quote|ms-outlook-mobile-reference-message)(?:\s|$)/u;
const OUTLOOK_IDS =
  /^(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION)$/u;
/** Outlook on the desktop draws a line above the header block it quotes. */
const OUTLOOK_RULE = /border:none;\s*border-top:solid #(?:E1E1E1|B5C4DF) 1\.0pt;\s*padding:3\.0pt 0/iu;

/** What an element of the original says about quoting. */
export function quoteMarker(
  tag: string,
  attributes: Readonly<Record<string, string>>,
): "whole" | "onwards" | null {
  if (tag === "blockquote" && attributes.type?.toLowerCase() === "cite") return "whole";
  if (tag === "blockquote" && (attributes.class ?? "").includes("gmail_quote")) return "whole";
  if (tag !== "div" && tag !== "hr") return null;
  if (QUOTE_CLASSES.test(attributes.class ?? "")) return "whole";
  if (OUTLOOK_IDS.test(attributes.id ?? "")) return "onwards";
  return OUTLOOK_RULE.test(attributes.style ?? "") ? "onwards" : null;
}

const TAG = /<(\/?)([a-z][a-z\d]*)((?:\s[^<>]*)?)>/gu;
const VOID = new Set(["br", "hr", "img", "col", "wbr"]);
const MARKER = new RegExp(`\\s${QUOTE_MARKER}="(whole|onwards)"`, "u");

interface Element {
  readonly name: string;
  /** Where its start tag begins. */
  readonly start: number;
  /** Whether text or an image came inside it already. */
  hasContent: boolean;
}

interface Stretch {
  readonly start: number;
  end: number;
}

/**
 * Wraps the outermost quotes. One that the message goes on after, one that was forwarded and one with nothing beside it
 * start open: folding would hide what the reader came for.
 */
export function foldQuotes(html: string): string {
  const quotes = outermostQuotes(html);
  const unmarked = (from: number, to: number) =>
    html.slice(from, to).replaceAll(new RegExp(MARKER, "gu"), "");
  const texts = quotes.map(({ start, end }) => html.slice(start, end));
  const beside = quotes.map(({ end }, at) => hasText(html.slice(end, quotes[at + 1]?.start ?? html.length)));
  const before = hasText(html.slice(0, quotes[0]?.start ?? 0));
  const lastWordsAfter = beside.lastIndexOf(true);
  let folded = "";
  let from = 0;
  for (const [at, { start, end }] of quotes.entries()) {
    const isOpen = at <= lastWordsAfter || (!before && lastWordsAfter === -1) || isForwarded(texts[at] ?? "");
    folded += `${unmarked(from, start)}${isOpen ? QUOTE_SUMMARY_OPEN : QUOTE_SUMMARY}${unmarked(start, end)}</details>`;
    from = end;
  }
  return folded + unmarked(from, html.length);
}

function outermostQuotes(html: string): Stretch[] {
  const quotes: Stretch[] = [];
  const open: Element[] = [];
  let current: { stretch: Stretch; closesAt: number } | null = null;
  let textFrom = 0;
  for (const tag of html.matchAll(TAG)) {
    const [whole, slash, name = "", attributes = ""] = tag;
    const textEnd = tag.index;
    if (name === "img" || /\S/u.test(html.slice(textFrom, textEnd).replaceAll("\u00a0", " ")))
      markContent(open);
    textFrom = textEnd + whole.length;
    if (slash === "/") {
      open.pop();
      if (current !== null && open.length === current.closesAt) {
        // A whole quote ends with its own end tag, one that runs on ends before its parent's.
        current.stretch.end = current.stretch.end === -1 ? textFrom : textEnd;
        quotes.push(current.stretch);
        current = null;
      }
      continue;
    }
    const marker = current === null ? MARKER.exec(attributes)?.[1] : undefined;
    if (marker === "whole") current = { stretch: { start: textEnd, end: -1 }, closesAt: open.length };
    if (marker === "onwards") {
      const [start, parents] = climbed(open, textEnd);
      current = { stretch: { start, end: -2 }, closesAt: parents - 1 };
    }
    if (!VOID.has(name)) open.push({ name, start: textEnd, hasContent: false });
  }
  if (current !== null) quotes.push({ start: current.stretch.start, end: html.length });
  return quotes;
}

/** Elements that already have content stop the walk, so every element is marked once. */
function markContent(open: readonly Element[]): void {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const element = open[at];
    if (element === undefined || element.hasContent) return;
    element.hasContent = true;
  }
}

/** Out of the boxes that hold nothing before the marker: where the quote begins, and how many elements stay around it. */
function climbed(open: readonly Element[], start: number): [start: number, parents: number] {
  let parents = open.length;
  let from = start;
  while (parents > 0) {
    const parent = open[parents - 1];
    if (parent === undefined || parent.name !== "div" || parent.hasContent) break;
    from = parent.start;
    parents -= 1;
  }
  return [from, parents];
}

function hasText(html: string): boolean {
  return /<img\s/u.test(html) || /[^\s\u00a0\u200b]/u.test(html.replace(TAG, ""));
}

function isForwarded(html: string): boolean {
  const text = html.slice(0, 4_000).replace(TAG, "").trimStart();
  return /^(?:-{8,}|Begin forwarded message|-{3,}\s*Forwarded)/u.test(text);
}
