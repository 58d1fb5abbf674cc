/** About how tall sanitized markup is on a screen: so much is kept free for it until the browser has measured it. */

import type { Element } from "domhandler";

const [lettersInLine, linePx, betweenPx] = [85, 25, 10];
const breaks = new Set(
  "address article blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul".split(
    " ",
  ),
);
const spaced = new Set("blockquote h1 h2 h3 h4 h5 h6 hr ol p pre ul".split(" "));

export class HeightEstimate {
  #px = 0;
  #letters = 0;
  #linePx = 0;

  /** In CSS pixels. */
  get px(): number {
    this.#endLine();
    return Math.round(this.#px);
  }

  add(text: string): void {
    if (/\S/u.test(text)) this.#letters += text.length;
  }

  /** An element begins or ends here. */
  pass(name: string): void {
    if (!breaks.has(name)) return;
    this.#endLine();
    if (spaced.has(name)) this.#px += betweenPx / 2;
  }

  picture({ attribs: { height = "", style = "" } }: Element): void {
    const written = /(?:^|;)height:(\d{1,4})px/u.exec(style)?.[1] ?? /^\d{1,4}/u.exec(height)?.[0] ?? "0";
    this.#linePx = Math.max(this.#linePx, Number(written));
  }

  #endLine(): void {
    this.#px += Math.max(Math.ceil(this.#letters / lettersInLine) * linePx, this.#linePx);
    [this.#letters, this.#linePx] = [0, 0];
  }
}
