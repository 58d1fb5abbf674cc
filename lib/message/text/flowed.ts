/**
 * Lines of a plain text with their quote depth, soft line breaks of format=flowed undone.
 * @see https://www.rfc-editor.org/rfc/rfc3676
 */

export interface Line {
  /** How many ">" stood before it. */
  readonly depth: number;
  readonly text: string;
}

/** Deeper quoting than this is shown at this depth. */
const depthLimit = 20;

const quoteMarks = /^(?:>[ \t]?)+/u;

/** The lines of a text that is not flowed: ">" may have spaces between. */
export function plainLines(text: string): Line[] {
  return text.split("\n").map((line) => {
    // mbox files turn "From " at the start of a line into ">From ": that is no quote.
    if (line.startsWith(">From ")) return { depth: 0, text: line.slice(1) };
    const marks = quoteMarks.exec(line)?.[0] ?? "";
    return { depth: depthOf(marks), text: line.slice(marks.length).trimEnd() };
  });
}

/** The lines of a format=flowed text: a line that ends in a space goes on in the next of the same depth. */
export function flowedLines(text: string, deleteSpace: boolean): Line[] {
  const lines: Line[] = [];
  let paragraph: string[] = [];
  let depth = 0;
  const finish = () => {
    if (paragraph.length > 0) lines.push({ depth, text: paragraph.join("") });
    paragraph = [];
  };
  for (const raw of text.split("\n")) {
    const marks = /^>*/u.exec(raw)?.[0] ?? "";
    const content = raw.slice(marks.length).replace(/^ /u, "");
    if (depthOf(marks) !== depth) finish();
    depth = depthOf(marks);
    const isSignature = content === "-- ";
    if (isSignature) finish();
    const isSoft = content.endsWith(" ") && !isSignature;
    paragraph.push(isSoft && deleteSpace ? content.slice(0, -1) : content);
    if (!isSoft) finish();
  }
  finish();
  return lines;
}

function depthOf(marks: string): number {
  let depth = 0;
  for (const character of marks) if (character === ">") depth += 1;
  return Math.min(depth, depthLimit);
}
