/** A file of separated values as a table. @see https://www.rfc-editor.org/rfc/rfc4180 */

import Papa from "papaparse";
import { clipped } from "../mime/visible-text.ts";

export interface FileTable {
  /** The first one is the head. All of one length. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the file has more of them, down or across. */
  readonly isCut: boolean;
}

export const shownRows = 500;
export const shownColumns = 30;
const cellLimit = 500;

/** Commas, semicolons, tabs and bars are told apart by the file itself. */
export function fileTable(text: string): FileTable {
  const { data } = Papa.parse<string[]>(text, {
    preview: shownRows + 1,
    skipEmptyLines: true,
    delimitersToGuess: [",", ";", "\t", "|"],
  });
  const widest = data.reduce((most, row) => Math.max(most, row.length), 0);
  const width = Math.min(shownColumns, widest);
  const rows = data
    .slice(0, shownRows)
    .map((row) => Array.from({ length: width }, (_, column) => clipped(row[column] ?? "", cellLimit)));
  return { rows, isCut: data.length > shownRows || widest > shownColumns };
}
