/**
 * The colours of a mail in the dark. Grounds are darkened and text is lightened, both in OKLCH, where a step of lightness
 * looks like a step whatever the hue, and the hue stays. No ground comes out lighter than {@link brightestGround}, no text
 * darker than {@link darkestText}: whatever text stands on whatever ground, their contrast is at least 4.5.
 * @see https://www.w3.org/TR/css-color-4/#ok-lab
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */

import { clampChroma, converter, formatHex, formatHex8, type Oklch, parse, wcagLuminance } from "culori";
import { LRUCache } from "lru-cache";
import type { ColorRole } from "./css-properties.ts";

/** Relative luminances of WCAG. (0.49 + 0.05) / (0.07 + 0.05) = 4.5 */
export const [brightestGround, darkestText] = [0.07, 0.49];

/** The frame's own ground in the dark: what is white becomes this. */
export const darkPaper = "#151412";

export interface ReadColor {
  /** As it was written, so that the light theme has exactly that. */
  readonly written: string;
  readonly oklch: Oklch;
  readonly alpha: number;
}

const toOklch = converter("oklch");
const known = new LRUCache<string, string>({ max: 5_000 });

/** Null for what is no colour, or one that follows the theme by itself. */
export function readColor(written: string): ReadColor | null {
  const color = parse(written.toLowerCase());
  if (color === undefined) return null;
  const oklch = toOklch(color);
  const isWhole = [oklch.l, oklch.c, oklch.h ?? 0].every(Number.isFinite);
  return isWhole ? { written, oklch, alpha: color.alpha ?? 1 } : null;
}

/** A colour that is what was written in the light, and fit for its role in the dark. */
export function inBothThemes(color: ReadColor, role: ColorRole): string {
  if (color.alpha === 0) return color.written;
  const key = `${role} ${color.written}`;
  const dark = known.get(key) ?? inTheDark(color, role);
  known.set(key, dark);
  return `light-dark(${color.written},${dark})`;
}

/** As a hexadecimal colour. */
export function inTheDark({ oklch, alpha }: ReadColor, role: ColorRole): string {
  switch (role) {
    case "ground":
      return withAlpha(darkened(oklch), alpha);
    case "line":
      return withAlpha(oklch.l > 0.55 ? { ...oklch, l: 0.36 - 0.12 * (oklch.l - 0.55) } : oklch, alpha);
    case "text":
      // Text that lets its ground through would lose contrast: it gets the colour it has on white.
      return formatHex(lightened({ ...oklch, l: 1 - (1 - oklch.l) * alpha, c: oklch.c * alpha }));
    default:
      return role satisfies never;
  }
}

/** Grounds darker than the first stay; white becomes the second, which is {@link darkPaper}'s. */
const [groundAt, groundLeast] = [0.41, 0.1916];

function darkened(color: Oklch): Oklch {
  if (color.l > 0.995 && color.c < 0.01) return { mode: "oklch", l: groundLeast, c: 0.0043, h: 84.6 };
  const share = Math.max(0, (Math.min(color.l, 1) - groundAt) / (1 - groundAt));
  const plain = color.l <= groundAt ? color.l : groundAt - (groundAt - groundLeast) * share ** 2;
  // What is marked by a strong colour is to stand out in the dark, too.
  const l = plain + Math.max(0, groundAt - plain) * 0.8 * Math.min(1, color.c / 0.15) * (share > 0 ? 1 : 0);
  return within(color, Math.max(l, 0), -0.005, (luminance) => luminance <= brightestGround);
}

/** Text lighter than the first stays; black becomes the second. */
const [textAt, textMost] = [0.79, 0.93];

function lightened(color: Oklch): Oklch {
  const share = Math.max(0, (textAt - Math.max(color.l, 0)) / textAt);
  const l = color.l >= textAt ? color.l : textAt + (textMost - textAt) * share;
  return within(color, Math.min(l, 1), 0.005, (luminance) => luminance >= darkestText);
}

/** The colour at this lightness, or as far on from it as it takes to hold the bound as the screen shows it. */
function within(color: Oklch, from: number, step: number, holds: (luminance: number) => boolean): Oklch {
  for (let l = from; l > 0 && l < 1; l += step) {
    const shown = clampChroma({ ...color, l, alpha: 1 }, "oklch");
    if (holds(wcagLuminance(formatHex(shown)))) return shown;
  }
  return { mode: "oklch", l: step > 0 ? 1 : 0, c: 0 };
}

const withAlpha = (color: Oklch, alpha: number): string =>
  alpha < 1 ? formatHex8({ ...color, alpha }) : formatHex(clampChroma(color, "oklch"));
