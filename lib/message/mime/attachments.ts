/** What is attached, under names that are safe to show and to save. */

import type { Attachment, AttachmentKind } from "../../domain/readable-message.ts";
import { isProgram, namePieces, nameTricks, safeName } from "./file-name.ts";
import type { DescribedPart } from "./part.ts";
import { eachOnce } from "./same-file.ts";

/** The attached parts of a message, each file once. @param shown content ids that the message's text shows */
export function toAttachments(parts: readonly DescribedPart[], shown: ReadonlySet<string>): Attachment[] {
  return eachOnce(parts.map((described) => ({ described, attachment: toAttachment(described, shown) })));
}

/** @param shown content ids that the message's text shows. */
export function toAttachment(described: DescribedPart, shown: ReadonlySet<string>): Attachment {
  const { part, mimeType, contentId } = described;
  const filename = safeName(described);
  const tricks = nameTricks(described, filename);
  return {
    partId: part.partId,
    attachmentId: part.body.attachmentId,
    filename,
    mimeType,
    kind: kindOf(mimeType, filename),
    sizeBytes: part.body.sizeBytes,
    inline: contentId !== null && shown.has(contentId),
    contentId,
    isNamed: described.name !== "",
    tricks,
    written: tricks.length > 0 ? namePieces(described.writtenName) : [],
    isRepeated: false,
  };
}

const byExtension: readonly (readonly [AttachmentKind, RegExp])[] = [
  ["PDF", /\.pdf$/iu],
  ["Table", /\.(?:csv|tsv|xlsx?|xlsm|ods|numbers)$/iu],
  ["Document", /\.(?:docx?|odt|rtf|pages)$/iu],
  ["Presentation", /\.(?:pptx?|odp|key)$/iu],
  ["Archive", /\.(?:zip|gz|tgz|tar|7z|rar|bz2|xz)$/iu],
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
  if (isProgram(filename)) return "Program";
  const byName = byExtension.find(([, pattern]) => pattern.test(filename));
  return (byName ?? byType.find(([, pattern]) => pattern.test(mimeType)))?.[0] ?? "File";
}
