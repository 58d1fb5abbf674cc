/** What a worker thread draws. By itself: the renderer is loaded where something is drawn, and nowhere else. */

import type { PdfPage } from "../../domain/pdf-page.ts";
import { pdfPage } from "../preview/pdf-page.ts";

export interface DrawingTask {
  /** Of the document. */
  readonly bytes: Uint8Array;
  /** From 1 on. */
  readonly page: number;
}

export const page = (task: DrawingTask): Promise<PdfPage | null> => pdfPage(task.bytes, task.page);
