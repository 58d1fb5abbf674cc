/**
 * A page of a PDF as a picture. Google's renderer, compiled to WebAssembly: what is wrong with a file stays within its memory, and
 * none of its scripts, links or forms survive being drawn. To be called in a thread of its own.
 * @see https://pdfium.googlesource.com/pdfium/
 */

import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encode } from "fast-png";
import type { PdfPage } from "../../domain/pdf-page.ts";
import { clipped, printable } from "../mime/visible-text.ts";

/** Wide enough for the page it is shown on at twice its pixels. */
const widthPixels = 1_400;
const heightLimitPixels = 4_000;
const wordsLimit = 20_000;

let library: Promise<PDFiumLibrary> | null = null;

/** @param page from 1 on @returns null where it has no such page, is none, or is locked with a password */
export async function pdfPage(bytes: Uint8Array, page: number): Promise<PdfPage | null> {
  library ??= PDFiumLibrary.init();
  const pdfium = await library;
  const document = await pdfium.loadDocument(bytes).catch(() => null);
  if (document === null) return null;
  try {
    const pages = document.getPageCount();
    if (page < 1 || page > pages) return null;
    const sheet = document.getPage(page - 1);
    // Drawing it closes it.
    const words = clipped(printable(sheet.getText()), wordsLimit);
    const { originalWidth, originalHeight } = sheet.getOriginalSize();
    const scale = Math.min(widthPixels / originalWidth, heightLimitPixels / originalHeight);
    const { data, width, height } = await sheet.render({ scale, render: "bitmap" });
    return {
      pages,
      width,
      height,
      words,
      png: encode({ data, width, height, channels: 4, depth: 8 }),
    };
  } finally {
    document.destroy();
  }
}
