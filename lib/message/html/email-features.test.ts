import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emailFeatures } from "../fixtures/email-features.ts";
import { sanitize } from "./sanitize.ts";

/** The table of docs/reading-html.md: what is shown, by feature. */
const table = new Map(
  [
    ...readFileSync("docs/reading-html.md", "utf8").matchAll(
      /^\| \[([\w-]+)\]\([^)]*\)\s*\| (yes|no|interactive|unsafe)\s*\|/gmu,
    ),
  ].map(([, slug, shown]) => [slug, shown]),
);

describe("features of mail that caniemail.com lists", () => {
  it.each(emailFeatures)("$slug is shown as its author meant it", ({ slug, html, left }) => {
    const { html: markup, css } = sanitize(html);
    expect(css + markup).toContain(left);
    expect(table.get(slug)).toBe("yes");
  });

  it("are shown to 85 per cent at least, of those that neither ask for an answer nor are unsafe", () => {
    const shown = [...table.values()];
    const yes = shown.filter((word) => word === "yes").length;
    expect(yes).toBe(emailFeatures.length);
    expect(yes / (yes + shown.filter((word) => word === "no").length)).toBeGreaterThanOrEqual(0.85);
  });
});
