import type { Element } from "domhandler";

const colored = /(?:^|;)(?:background(?:-color)?|color):(?!inherit|transparent|initial|currentcolor)/iu;

/** Whether a sanitized element brings a colour of its own: then only a white ground is sure to keep the mail legible. */
export const isColored = ({ attribs: { bgcolor, color, style } }: Element): boolean =>
  Boolean(bgcolor || color) || (style !== undefined && colored.test(style));
