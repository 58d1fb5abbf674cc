/**
 * The name of an attached file: safe to show and to save, and, where it is not what it seems, how it was written.
 * @see https://www.rfc-editor.org/rfc/rfc2183 §2.3, https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */

import libmime from "libmime";
import type { NamePiece, NameTrick } from "../../domain/file-name.ts";
import { headerText } from "./headers.ts";
import type { DescribedPart } from "./part.ts";
import { clipped, oneLine } from "./visible-text.ts";

const nameLimit = 180;

/** As much of a written name as is shown. */
const writtenLimit = 600;

/** What runs when it is opened, on one system or another. @see https://support.google.com/mail/answer/6590 */
const program =
  /\.(?:ad[ep]|apk|app|appimage|appx|bat|cab|chm|cmd|com|command|cpl|deb|dll|dmg|exe?|ex_|hta|img|ins|iso|jar|jnlp|jse?|lnk|mjs|msc|msi|msix|msp|nsh|pif|pkg|ps1|reg|rpm|scf|scr|sct|sh|shb|sys|url|vb[es]?|vhdx?|vxd|ws[cfh]|xll)$/iu;

/** An extension that people take for the file's kind, in front of its true one. */
const innocent =
  /\.(?:avif|csv|docx?|gif|ics|jpe?g|m4a|mp[34]|odt|pdf|png|pptx?|rtf|txt|wav|webp|xlsx?|zip)[\s._-]*$/iu;

/** Whether a file of this name would run if it were opened. */
export const isProgram = (filename: string): boolean => program.test(filename);

/** The last step of any path, without what file systems refuse; a name made from the kind where there is none. */
export function safeName(described: DescribedPart): string {
  const step = described.name.split(/[/\\]/u).at(-1) ?? "";
  const name = fileName(step);
  if (name !== "") return name;
  if (described.mimeType === "message/rfc822") {
    const subject = described.part.parts[0] && headerText(described.part.parts[0].headers, "subject");
    return `${fileName(subject ?? "") || "message"}.eml`;
  }
  if (described.mimeType === "text/calendar") return "invitation.ics";
  return `unnamed.${fileName(libmime.detectExtension(described.mimeType)) || "bin"}`;
}

/** As file systems take it, at most 180 characters; empty where nothing is left. */
export function fileName(text: string): string {
  const name = oneLine(text)
    .replace(/[/\\:*?"<>|]/gu, "_")
    .replace(/^[.\s]+|[.\s]+$/gu, "");
  if (name.length <= nameLimit) return name;
  const extension = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? "";
  return `${name.slice(0, nameLimit - extension.length).trimEnd()}${extension}`.toWellFormed();
}

const bidi = /[\u202a-\u202e\u2066-\u2069]/u;
const invisible = /[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]/u;
const controls = /[\p{Cc}\u2028\u2029]/u;
const spaces = /[\s\u00a0]{3,}/u;

/** Each way in which a name is not what it seems. */
const tricks: readonly (readonly [NameTrick, (written: string) => boolean])[] = [
  ["reordered", (written) => bidi.test(written)],
  ["hidden", (written) => invisible.test(written)],
  ["breaks", (written) => controls.test(written)],
  ["path", (written) => /[/\\]/u.test(written)],
  ["spaces", (written) => spaces.test(written.replaceAll(/\r\n?|\n/gu, ""))],
  ["long", (written) => written.length > nameLimit],
];

/** What of the name of a file is not what it seems; nothing of most. */
export function nameTricks({ writtenName }: DescribedPart, filename: string): NameTrick[] {
  const found = tricks.filter(([, plays]) => plays(writtenName)).map(([trick]) => trick);
  const front = filename.replace(/\.[^.]*$/u, "");
  if (isProgram(filename) && innocent.test(front)) found.push("extensions");
  return found;
}

const marked =
  /([\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\p{Cc}]|[\s\u00a0]{3,})/u;

/** The name as the sender wrote it, with a mark in the place of each character that one does not see. */
export function namePieces(written: string): NamePiece[] {
  return clipped(written, writtenLimit)
    .toWellFormed()
    .split(marked)
    .flatMap((text, index): NamePiece[] =>
      text === "" ? [] : [index % 2 === 1 ? { mark: markOf(text) } : { text }],
    );
}

const controlNames: Readonly<Record<string, string>> = { "\t": "TAB", "\n": "LF", "\r": "CR" };

function markOf(text: string): string {
  if (text.length > 1) return `␣ × ${text.length}`;
  const code = text.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return controlNames[text] ?? `U+${code}`;
}
