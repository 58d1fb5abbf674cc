import { parse, wcagContrast } from "culori";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBothThemes, inTheDark, type ReadColor, readColor } from "./dark-colors.ts";

const read = (written: string): ReadColor => {
  const color = readColor(written);
  if (color === null) throw new Error(`${written} is no colour`);
  return color;
};
const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
const hueOf = (written: string) => read(written).oklch;

describe("colours in the dark", () => {
  it("leave at least 4.5 of contrast between any text and any ground", () => {
    fc.assert(
      fc.property(hex, hex, (text, ground) => {
        const contrast = wcagContrast(inTheDark(read(text), "text"), inTheDark(read(ground), "ground"));
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 3_000 },
    );
  });

  it("keep their hue as far as they have one", () => {
    fc.assert(
      fc.property(hex, fc.constantFrom("text" as const, "ground" as const), (written, role) => {
        const [before, after] = [hueOf(written), hueOf(inTheDark(read(written), role))];
        // Of what is nearly grey a hue is not to be seen, and eight bits do not hold it.
        if (before.c < 0.05 || after.c < 0.05) return;
        const apart = Math.abs((before.h ?? 0) - (after.h ?? 0));
        expect(Math.min(apart, 360 - apart)).toBeLessThan(8);
      }),
      { numRuns: 3_000 },
    );
  });

  it("make white the frame's own ground, leave dark grounds and light text, and text that is seen through solid", () => {
    expect(inTheDark(read("#ffffff"), "ground")).toBe("#151412");
    expect(inTheDark(read("#1a1a2e"), "ground")).toBe("#1a1a2e");
    expect(inTheDark(read("white"), "text")).toBe("#ffffff");
    expect(parse(inTheDark(read("rgba(0,0,0,.3)"), "text"))?.alpha).toBeUndefined();
  });

  it("stand beside those of the light, which stay as they were written", () => {
    expect(inBothThemes(read("rgb(255 255 255)"), "ground")).toBe("light-dark(rgb(255 255 255),#151412)");
    expect(inBothThemes(read("transparent"), "ground")).toBe("transparent");
    for (const none of ["inherit", "currentcolor", "windowtext", "center", "url(x)", "#12345"])
      expect(readColor(none), none).toBeNull();
  });
});
