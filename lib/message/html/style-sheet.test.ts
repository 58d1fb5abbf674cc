import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleViolations } from "../fixtures/inspect-html.ts";
import { cleanStyleSheets } from "./style-sheet.ts";

const clean = (text: string, media = "") =>
  cleanStyleSheets([{ media, text }], { adapts: false, pictures: [], hasColors: false }).trim();
const free = ":where(:not(.quoted,.quoted>summary,.link-note,.print-address))";

describe("a style sheet", () => {
  it.each([
    ["p{color:red}", `:where(.mail) p${free}{color:red}`],
    [".a.b > #c{margin:0}", ":where(.mail) .m-a.m-b>#m-c{margin:0}"],
    [".sm\\:w-full{width:100%!important}", ":where(.mail) .m-sm\\:w-full{width:100%!important}"],
    ["html body .x,td.y:first-child{padding:1px}", ":where(.mail)body"],
    ["body{background:#eee}", ":where(.mail) :where(.mail-body){background:#eee}"],
    ["html{margin:0}", ":where(.mail){margin:0}"],
    ["a:hover,a:before{color:red}", `:where(.mail) a:hover${free},:where(.mail) a${free}::before{color:red}`],
    ['[class~="x"],[class*=y]{top:0;margin:0}', "[class~"],
    [".a:not(.b):nth-child(2n + 1){margin:0}", ":where(.mail) .m-a:not(.m-b):nth-child(2n+1){margin:0}"],
  ])("keeps %s", (source, expected) => {
    const text = clean(source);
    if (expected.startsWith("[")) {
      expect(text).toBe(`:where(.mail) [class~="m-x"]${free},:where(.mail) [class*="y"]${free}{margin:0}`);
    } else if (expected.endsWith("body")) {
      expect(text).toBe(
        ":where(.mail) :where(.mail-body) .m-x,:where(.mail) td.m-y:first-child{padding:1px}",
      );
    } else expect(text).toBe(expected);
  });

  it.each([
    ["(max-width:600px)", "(max-width:600px)"],
    ["only screen and (max-device-width: 480px)", "only screen and (max-width:480px)"],
    ["screen and (width <= 600px), print", "screen and (max-width:600px),print"],
    ["(prefers-color-scheme:dark)", "(prefers-color-scheme:dark)"],
  ])("keeps the condition %s", (condition, expected) => {
    expect(clean(`@media ${condition}{.a{margin:0}}`)).toBe(
      `@media ${expected}{:where(.mail) .m-a{margin:0}\n}`,
    );
    expect(clean(".a{margin:0}", condition)).toBe(`@media ${expected}{:where(.mail) .m-a{margin:0}\n}`);
  });

  it.each([
    "@import 'https://evil.example/a.css';",
    "@import url(//evil.example);",
    "@font-face{font-family:x;src:url(https://evil.example/f)}",
    "@media (height:100px){p{color:red}}",
    "@media (max-width:1px){@media (max-width:1px){@media (max-width:1px){p{color:red}}}}",
    "@supports (color:red){p{color:red}}",
    "@layer x{p{color:red}}",
    "@keyframes x{from{color:red}}",
    "@namespace x url(y);",
    "p:has(a){color:red}",
    "summary{display:none}",
    "details > *{}",
    "svg|a{color:red}",
    "p{position:fixed;inset:0;z-index:2147483647}",
    "p{animation:x 1s;transition:all 1s;transform:scale(9);pointer-events:none;cursor:none}",
    "p{behavior:url(x);-moz-binding:url(x);width:expression(alert(1))}",
    "p{color:r\\65 d;b\\61 ckground:red}",
    "p{content:attr(title);color:var(--x);--x:red}",
    "p{margin-top:-500px;text-indent:-9999px;min-height:100vh}",
    ":host{color:red}",
    "p::part(x){color:red}",
    "a{&:hover{color:red}}",
    "> p{color:red}",
  ])("drops %s", (source) => {
    expect(clean(source)).toBe("");
  });

  it("does not let a bad rule take good ones with it", () => {
    expect(clean("p:has(a),.a{color:red;position:fixed;margin:0}")).toBe(
      ":where(.mail) .m-a{color:red;margin:0}",
    );
    expect(clean("<!-- .a{margin:0} -->\n}.b{margin:0}.c{margin:0")).toContain(".m-c{margin:0}");
  });

  it("takes conditions out of the rules that hold them, and leaves other rules within rules out", () => {
    expect(clean(".a{margin:0;@media (width<=600px){padding:0}&:hover{color:red}color:blue}")).toBe(
      ":where(.mail) .m-a{margin:0;color:blue}\n@media (max-width:600px){:where(.mail) .m-a{padding:0}\n}",
    );
  });

  it("reads each sheet by itself", () => {
    const sheets = ["@media (max-width:1px){.a{", ".b{margin:0}"].map((text) => ({ media: "", text }));
    expect(cleanStyleSheets(sheets, { adapts: false, pictures: [], hasColors: false })).toBe(
      ":where(.mail) .m-b{margin:0}\n",
    );
  });

  it.each([
    "span",
    "a span",
    "*",
    "a>*",
    ":not(.x)",
    "[class]",
    ":is(span,.x)",
    "a :first-child",
    "a>:where(*)",
  ])("reaches by %s nothing of what we say of a mail's links", (selector) => {
    const written = clean(`${selector}{font-size:0!important}`);
    expect(written).toMatch(/:not\(\.quoted,\.quoted>summary,\.link-note,\.print-address\)/u);
  });

  it("stops at ten thousand selectors and a megabyte, and before it runs out of stack", () => {
    expect(clean(".a{margin:0}\n".repeat(20_000)).split("\n")).toHaveLength(10_000);
    expect(clean(`${"@media (max-width:1px){".repeat(50_000)}p{color:red}`)).toBe("");
    expect(clean(`p{width:${"calc(".repeat(50_000)}}`)).toBe("");
    expect(clean(`p${":not(".repeat(60)}a${")".repeat(60)}{color:red}`)).toBe("");
  });

  it("holds nothing that loads, covers or reaches further, whatever it is made of", () => {
    const piece = fc.oneof(
      fc.constantFrom(..."{ } ( ) [ ] ; : , > + ~ * . # @ ' \" \\ / <!-- --> </style> /* */".split(" ")),
      fc.constantFrom(
        "p",
        ".a",
        "#b",
        ":root",
        "html",
        "body",
        ":not(",
        ":has(",
        "::before",
        "summary",
        ".quoted",
      ),
      fc.constantFrom(
        "@media (max-width:9px){",
        "@import ",
        "@font-face{",
        "color:",
        "background:",
        "position:fixed;",
      ),
      fc.constantFrom(
        "url(https://evil.example/)",
        "url(",
        "\\75rl(",
        "expression(",
        "var(--x)",
        "red",
        "1px",
        "100vh",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(ruleViolations(clean(pieces.join("")))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
});
