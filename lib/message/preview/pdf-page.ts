/**
 * A page of a PDF as a picture: what is wrong with a file stays within its renderer's memory, and none of its scripts, links or forms
 * survive being drawn. To be called in a thread of its own.
 */

import { encode } from "fast-png";
import type { PdfPage } from "../../domain/pdf-page.ts";
import { clipped, printable } from "../mime/visible-text.ts";
import { freshPdfium } from "./pdfium.ts";

/** Wide enough for the page it is shown on at twice its pixels. */
const widthPixels = 1_400;
const heightLimitPixels = 4_000;
const wordsLimit = 20_000;

/**
 * @param page from 1 on
 * @returns null where it has no such page, is none, or is locked with a password
 * @throws where it takes more memory than the renderer may have
 */
export async function pdfPage(bytes: Uint8Array, page: number): Promise<PdfPage | null> {
  const pdfium = await freshPdfium();
  const document = await pdfium.loadDocument(bytes).catch(() => null);
  if (document === null) return null;
  const pages = document.getPageCount();
  if (page < 1 || page > pages) return null;
  const sheet = document.getPage(page - 1);
  // Drawing it closes it.
  const words = clipped(printable(sheet.getText()), wordsLimit);
  const { originalWidth, originalHeight } = sheet.getOriginalSize();
  const scale = Math.min(widthPixels / originalWidth, heightLimitPixels / originalHeight);
  const { data, width, height } = await sheet.render({ scale, render: "bitmap" });
  return { pages, width, height, words, png: encode({ data, width, height, channels: 4, depth: 8 }) };
}
