/**
 * Text without a place to break a line: a browser tries to fit all that is left of it into each line anew, so that 700,000
 * letters took it more than a minute. From some length on it may break anywhere: the longest words and the addresses that
 * people look at are shorter. Looked for where a run begins alone: from each of its letters on it takes the square of its length.
 */
const unbroken = /(?<!\S)\S{500,}/gu;

/**
 * A run beyond ASCII takes a browser without a font for it a minute and more by itself. In markup it ends here: texts of
 * languages that put no space between words have paragraphs, and none is so long.
 */
const longestRun = 50_000;

/** As much of such a run as is shown. Takes escaped markup, too: no entity and no character is cut. */
export function shownRun(run: string): string {
  if (run.length <= longestRun || /^[!-~]*$/u.test(run)) return run;
  return `${run
    .slice(0, longestRun)
    .replace(/&[^;]{0,10}$/u, "")
    .replace(/[\ud800-\udbff]$/u, "")}…`;
}

/** The text cut where such a run begins and ends; joined together the pieces are the text again. */
export function splitUnbroken(text: string): { text: string; unbroken: boolean }[] {
  const pieces: { text: string; unbroken: boolean }[] = [];
  let from = 0;
  for (const { 0: run, index } of text.matchAll(unbroken)) {
    if (index > from) pieces.push({ text: text.slice(from, index), unbroken: false });
    pieces.push({ text: run, unbroken: true });
    from = index + run.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), unbroken: false });
  return pieces;
}
