/** What is attached, under names that are safe to show and to save. */

import libmime from "libmime";
import type { Attachment, AttachmentKind } from "../../domain/readable-message.ts";
import { headerText } from "./headers.ts";
import type { DescribedPart } from "./part.ts";
import { oneLine } from "./visible-text.ts";

const nameLimit = 180;

/** @param shown content ids that the message's text shows. */
export function toAttachment(described: DescribedPart, shown: ReadonlySet<string>): Attachment {
  const { part, mimeType, contentId } = described;
  const filename = safeName(described);
  return {
    partId: part.partId,
    attachmentId: part.body.attachmentId,
    filename,
    mimeType,
    kind: kindOf(mimeType, filename),
    sizeBytes: part.body.sizeBytes,
    inline: contentId !== null && shown.has(contentId),
    contentId,
  };
}

/** The last step of any path, without what file systems refuse; a name made from the kind where there is none. */
function safeName(described: DescribedPart): string {
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

const byExtension: readonly (readonly [AttachmentKind, RegExp])[] = [
  ["PDF", /\.pdf$/iu],
  ["Table", /\.(?:csv|tsv|xlsx?|xlsm|ods|numbers)$/iu],
  ["Document", /\.(?:docx?|odt|rtf|pages)$/iu],
  ["Presentation", /\.(?:pptx?|odp|key)$/iu],
  ["Archive", /\.(?:zip|gz|tgz|tar|7z|rar|bz2|xz)$/iu],
  ["Program", /\.(?:exe|msi|bat|cmd|com|scr|js|vbs|ps1|sh|jar|apk|dmg|iso|lnk)$/iu],
  ["Calendar", /\.ics$/iu],
  ["Contact", /\.vcf$/iu],
  ["Message", /\.(?:eml|msg)$/iu],
  ["Signature", /\.(?:p7s|sig|asc)$/iu],
  ["Web page", /\.x?html?$/iu],
  ["Image", /\.(?:png|jpe?g|gif|webp|avif|heic|bmp|tiff?|svg)$/iu],
  ["Audio", /\.(?:mp3|m4a|ogg|opus|wav|flac)$/iu],
  ["Video", /\.(?:mp4|mov|webm|mkv|avi)$/iu],
  ["Text", /\.(?:txt|md|log)$/iu],
];

const byType: readonly (readonly [AttachmentKind, RegExp])[] = [
  ["PDF", /^application\/pdf$/u],
  ["Signature", /^application\/(?:pgp-signature|(?:x-)?pkcs7-signature)$/u],
  ["Calendar", /^text\/calendar$/u],
  ["Contact", /^text\/(?:x-)?vcard$/u],
  ["Message", /^message\//u],
  ["Table", /^text\/csv$|spreadsheet|ms-excel/u],
  ["Presentation", /presentation|ms-powerpoint/u],
  ["Document", /wordprocessing|msword|opendocument\.text|rtf$/u],
  ["Archive", /^application\/(?:x-)?(?:zip|gzip|tar|7z-compressed|rar)/u],
  ["Web page", /^text\/html$/u],
  ["Image", /^image\//u],
  ["Audio", /^audio\//u],
  ["Video", /^video\//u],
  ["Text", /^text\//u],
];

/** The extension decides before the type: it is what the reader's machine will go by. */
function kindOf(mimeType: string, filename: string): AttachmentKind {
  const byName = byExtension.find(([, pattern]) => pattern.test(filename));
  return (byName ?? byType.find(([, pattern]) => pattern.test(mimeType)))?.[0] ?? "File";
}
