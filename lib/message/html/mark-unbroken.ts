/** Long runs of letters in sanitized markup are given leave to break anywhere, as those in a text are. */

import { type ChildNode, Element, Text } from "domhandler";
import { unpiled } from "../mime/visible-text.ts";
import { shownRun, splitUnbroken } from "../text/unbroken.ts";

/** The class that the frame's style sheet knows. */
const breakAnywhere = (tag: "div" | "span", children: ChildNode[]): Element =>
  new Element(tag, { class: "unbroken" }, children);

/** A run may be cut up by elements that break no line; when all of them together are this long, all of the mail may break. */
const scatteredLimit = 2_000;
const inline = new Set(
  `a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt
  u var`.split(/\s+/u),
);

/** Follows a mail's runs from its first node to its last. */
export class Runs {
  #scattered = 0;
  #longest = 0;
  #isCut = false;

  /** A run was too long to be shown in full. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** An element begins or ends here. */
  pass(name: string): void {
    if (!inline.has(name)) this.#scattered = 0;
  }

  /** What stands for a text: itself, or its pieces. */
  mark(text: Text): ChildNode[] {
    const { data } = text;
    const words = data.split(/\s+/u);
    const [first = "", last = ""] = [words[0], words.at(-1)];
    this.#longest = Math.max(this.#longest, this.#scattered + first.length);
    this.#scattered = words.length > 1 ? last.length : this.#scattered + first.length;
    if (data.length < 500) return [text];
    return splitUnbroken(unpiled(data)).map((piece) => {
      if (!piece.unbroken) return new Text(piece.text);
      const shown = shownRun(piece.text);
      this.#isCut ||= shown !== piece.text;
      return breakAnywhere("span", [new Text(shown)]);
    });
  }

  /** All of the mail, once it has been passed through. */
  around(nodes: ChildNode[]): ChildNode[] {
    return this.#longest > scatteredLimit ? [breakAnywhere("div", nodes)] : nodes;
  }
}
