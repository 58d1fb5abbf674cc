/** What a page shows of a file of text: its lines, or a table. */

import type { FilePreview } from "../../domain/file-preview.ts";
import { splitUnbroken } from "../text/unbroken.ts";
import { fileTable } from "./file-table.ts";
import { fileText } from "./file-text.ts";

export interface FileTask {
  /** Of the file, from its beginning. */
  readonly bytes: Uint8Array;
  /** Whether these are not all of them. */
  readonly isCut: boolean;
  /** As its sender says. */
  readonly charset: string | null;
  readonly look: "text" | "table";
}

export function textPreview({ bytes, isCut, charset, look }: FileTask): FilePreview {
  const read = fileText(bytes, charset);
  if (read === null) return { look: null };
  if (look === "text") {
    const shownBytes = isCut ? bytes.length : null;
    return { look, runs: splitUnbroken(read.text), charset: read.charset, shownBytes };
  }
  const { rows, isCut: hasMore } = fileTable(read.text);
  return { look, rows, charset: read.charset, isCut: isCut || hasMore };
}
