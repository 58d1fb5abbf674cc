/** What the elements of a mail's own markup say about quoting, noted by the sanitizer before their classes go. */

/** The attribute that carries it from the sanitizer to `foldsOf`; none is left in what is shown. */
export const markerAttribute = "data-quote";

/**
 * - `cite`: quoted text, all of it
 * - `box`: what a mail program puts around all that it quotes. People write into it, between the quotes.
 * - `header`: an older message begins here, and runs on to the end of what holds it (Outlook)
 * - `said`: the line that introduces a quote
 * - `typed`: written by the author of this message
 */
export type QuoteMarker = "cite" | "box" | "header" | "said" | "typed";

const cited = /(?:^|\s)(?:gmail_quote|protonmail_quote|tutanota_quote|yahoo_quoted|mail_quote)(?:\s|$)/u;
const boxes =
  /(?:^|\s)(?:gmail_quote|yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|ms-outlook-mobile-reference-message)(?:\s|$)/u;
const boxIds = /^(?:mail-editor-reference-message-container|yahoo_quoted_\d{1,20}|reply-intro)$/u;
const said = /(?:^|\s)(?:gmail_attr|moz-cite-prefix|yahoo-quoted-begin|protonmail_quote_header)(?:\s|$)/u;
const outlookIds = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION)$/u;
/** Outlook on the desktop draws a line above the header block it quotes. */
const outlookRule =
  /border:none;\s*border-top:solid #(?:E1E1E1|B5C4DF) 1\.0pt;\s*padding:3\.0pt 0(?:in|cm)?\s/iu;
/** The name without Outlook's "x_", which it puts before those of what it quotes. */
const typed = /(?:^|\s)elementToProof(?:\s|$)/u;

export function quoteMarker(tag: string, attributes: Readonly<Record<string, string>>): QuoteMarker | null {
  const [names, id] = [attributes.class ?? "", attributes.id ?? ""];
  if (tag === "blockquote") {
    return attributes.type?.toLowerCase() === "cite" || cited.test(names) ? "cite" : null;
  }
  if (tag !== "div" && tag !== "hr" && tag !== "p" && tag !== "span") return null;
  if (said.test(names)) return "said";
  if (typed.test(names)) return "typed";
  if (tag !== "div" && tag !== "hr") return null;
  if (boxes.test(names) || boxIds.test(id)) return "box";
  if (outlookIds.test(id)) return "header";
  return outlookRule.test(attributes.style ?? "") ? "header" : null;
}
