/**
 * Colours and pictures that a mail gives in attributes, as rules without weight: like the attributes, they yield to every
 * style, and unlike them they can be other ones in the dark.
 * @see https://html.spec.whatwg.org/multipage/rendering.html#presentational-hints
 */

import type { ColorRole } from "./css-properties.ts";
import { pictureValue, type StyleContext } from "./css-value.ts";
import { inBothThemes, readColor } from "./dark-colors.ts";
import type { Attributes } from "./plain-attributes.ts";
import { asOnPicture } from "./sanitize-style.ts";

const hints: readonly (readonly [attribute: string, property: string, role: ColorRole])[] = [
  ["bgcolor", "background-color", "ground"],
  ["color", "color", "text"],
  ["text", "color", "text"],
];

export class ColorHints {
  readonly #declarations = new Set<string>();
  readonly #context: StyleContext;

  constructor(context: StyleContext) {
    this.#context = context;
  }

  /** The classes that stand for an element's attributes, which are taken out of `kept`. */
  take(written: Attributes, kept: Attributes): string[] {
    const classes: string[] = [];
    for (const [attribute, property, role] of hints) {
      const color = written[attribute] && readColor(withHash(written[attribute].trim()));
      if (!color) continue;
      this.#context.hasColors = true;
      delete kept[attribute];
      const value = this.#context.adapts ? inBothThemes(color, role) : color.written;
      classes.push(this.#classFor(`${property}:${value}`));
    }
    const picture = written.background?.trim();
    if (picture) {
      const value = pictureValue(picture, this.#context);
      classes.push(this.#classFor(`background-image:${value}${asOnPicture(value)}`));
    }
    return classes;
  }

  rules(): string {
    return [...this.#declarations].map((rule) => `:where(.${nameOf(rule)}){${rule}}\n`).join("");
  }

  #classFor(declarations: string): string {
    this.#declarations.add(declarations);
    return nameOf(declarations);
  }
}

/** The same for the same rule, whichever part of the message it stands in. */
const nameOf = (declarations: string): string =>
  `hint-${declarations.replace(/[^a-z\d]+/giu, "-").replace(/-$/u, "")}`;

const withHash = (color: string): string =>
  /^(?:[\da-f]{3}|[\da-f]{6})$/iu.test(color) ? `#${color}` : color;
