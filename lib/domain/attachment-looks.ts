import type { Attachment } from "./readable-message.ts";

/** What is larger is not brought to the browser to be shown the size of a stamp. */
const largestThumbnailBytes = 5_000_000;

/** Pictures that browsers show; the server looks whether they are what their names say. */
export const hasThumbnail = ({ kind, filename, mimeType, sizeBytes }: Attachment): boolean =>
  kind === "Image" &&
  sizeBytes <= largestThumbnailBytes &&
  /\.(?:png|jpe?g|gif|webp|avif)$|^image\/(?:png|jpeg|gif|webp|avif)$/imu.test(`${mimeType}\n${filename}`);

/** Whether opening it runs it. */
export const isProgram = ({ kind }: Attachment): boolean => kind === "Program";

/** Whether it deceives, or would run: that is worth a warning. */
export const isSuspicious = (attachment: Attachment): boolean =>
  isProgram(attachment) || attachment.tricks.some((trick) => trick !== "long");

/** How a file may be shown on a page of ours. What it is decides its content. */
export type PreviewLook = "picture" | "sound" | "text" | "table" | "pages";

const picture = /\.(?:png|jpe?g|gif|webp|avif)$/iu;
const table = /\.(?:csv|tsv)$/iu;
const text =
  /\.(?:asc|bash|bat|c|cc|cfg|clj|cmd|conf|cpp|cs|css|csv|dart|diff|env|ex|go|gradle|h|hpp|hs|ics|ini|java|jl|jse?|json|jsonl|jsx|kt|less|log|lua|m|md|mjs|php|patch|pl|properties|proto|ps1|py|r|rb|reg|rs|rst|sass|scala|scss|sh|sql|srt|swift|tex|toml|tsx?|txt|vb|vbs|vcf|vtt|ya?ml)$/iu;

/** Larger pictures are saved, and not shown. */
const largestPictureBytes = 25_000_000;
/** PDFs are taken apart in memory. */
const largestPagesBytes = 25_000_000;

/** By name, or by type where the name says nothing; null for what is only saved. Web pages and drawings in XML are. */
export function previewLook({ kind, filename, mimeType, sizeBytes }: Attachment): PreviewLook | null {
  if (kind === "Image") {
    const isShown = picture.test(filename) || /^image\/(?:png|jpeg|gif|webp|avif)$/u.test(mimeType);
    return isShown && sizeBytes <= largestPictureBytes ? "picture" : null;
  }
  if (kind === "Audio") return "sound";
  if (kind === "PDF") return sizeBytes <= largestPagesBytes ? "pages" : null;
  if (table.test(filename) || mimeType === "text/csv") return "table";
  return text.test(filename) || kind === "Text" ? "text" : null;
}
