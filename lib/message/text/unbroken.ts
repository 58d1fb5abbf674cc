/**
 * Text without a place to break a line: a browser tries to fit all that is left of it into each line anew, so that 700,000
 * letters took it more than a minute. From some length on it may break anywhere: the longest words and the addresses that
 * people look at are shorter.
 */
const unbroken = /\S{500,}/gu;

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
