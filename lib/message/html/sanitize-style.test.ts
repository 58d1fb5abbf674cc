import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanStyle } from "./sanitize-style.ts";

const context = () => ({ adapts: false, pictures: [] as string[], hasColors: false });

describe("a style attribute", () => {
  it.each([
    ["color:red;padding:0 1em", "color:red;padding:0 1em"],
    ["COLOR : #FFF !important", "color:#FFF!important"],
    ["font-family:'Open Sans', \"Segoe UI\",sans-serif", 'font-family:"Open Sans","Segoe UI",sans-serif'],
    ["font:italic bold .8em/1.2 Arial, sans-serif", "font:italic bold .8em/1.2 Arial,sans-serif"],
    [
      "background:#fff url('x;y.png') no-repeat",
      "background:#fff var(--picture-0,none) no-repeat;color-scheme:var(--scheme-0)",
    ],
    ["background:linear-gradient(red,#123456 10%)", "background:linear-gradient(red,#123456 10%)"],
    ["color:rgba(0, 0, 0, .5)", "color:rgba(0,0,0,.5)"],
    ["/* a */color:red/* b", "color:red"],
    ["position:fixed;z-index:9;transform:none;animation:x 1s;mso-line-height-rule:exactly", ""],
    ["color:r\\65 d;width:calc(1px + 1px);height:var(--x)", "width:calc(1px + 1px)"],
    ["margin-left:-9999px;text-indent:-999em;margin:-5px", "margin:-5px"],
    ["width:999999999px", ""],
    ["color;:;:red;;", ""],
    ["min-height:100vh;padding:24px", "padding:24px"],
    ["height:50dvh;width:90vw;margin:1vmin 2vmax;padding:3vb 4vi", ""],
    ["max-height:calc(100vh - 10px);min-height:max(100px, 90svh);height:clamp(1px,50lvh,2px)", ""],
    ["height:10cqh;width:10cqw;padding:1cqmin;font:12px/20vh Arial", ""],
    ["min-height:stretch;height:-webkit-fill-available!important", ""],
    [
      "height:2.5cm;width:20pc;padding:1ex 2ch;line-height:1.2em",
      "height:2.5cm;width:20pc;padding:1ex 2ch;line-height:1.2em",
    ],
    ["color:'url(';font-family:\"@import\"", ""],
  ])("%s", (source, style) => {
    expect(cleanStyle(source, context())).toBe(style);
  });

  it("names the pictures behind things", () => {
    const found = context();
    cleanStyle("background:URL(a) , url('b');list-style:url(c);background-image:url(a)", found);
    expect(found.pictures).toEqual(["a", "b"]);
  });

  it("can never load, run or be covered over another", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "url(",
        "background:",
        "color:",
        "\\75",
        "/*",
        "*/",
        "expression(",
        "@import",
        ";",
        ":",
        "(",
        ")",
        "'",
        '"',
        "!important",
        "image-set(",
        "height:9",
        "vh",
        "dvmin",
        "cqb",
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (source) => {
          expect(cleanStyle(source, context())).not.toMatch(
            /url\s*\(|image-set|expression|@|\\|<|\/\*|position|behavior/iu,
          );
          expect(cleanStyle(source, context())).not.toMatch(/\d(?:[sld]?v(?:h|w|b|i|min|max)|cq\w+)\b/iu);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
