/** The search for what sticks out finds what does, and nothing that is meant. */
import { expect, test } from "./fixtures.ts";
import { whatSticksOut } from "./sticks-out.ts";

const long = "Words that are longer than what they stand in";

const broken: [string, string, RegExp][] = [
  [
    "a page that scrolls sideways",
    `<p style="width: 2000px">${long}</p>`,
    /^scrolls sideways, 20\d\d px in 1440 px: <p>/,
  ],
  [
    "a text that is cut off",
    `<p style="width: 60px; overflow: hidden; white-space: nowrap">${long}</p>`,
    /^is cut off, \d+ px in 60 px: <p> “Words/,
  ],
  [
    "two buttons on each other",
    `<button>One</button><button style="margin-left: -20px">Two</button>`,
    /^lie on each other: <button> “One” and <button> “Two”$/,
  ],
  [
    "a link that a field covers",
    `<a href="/" style="position: absolute; left: 9px; top: 12px">Help</a><input aria-label="Search">`,
    /^lie on each other: <a> “Help” and <input> “Search”$/,
  ],
];

for (const [what, html, finding] of broken) {
  test(`${what} is found`, async ({ page }) => {
    await page.setContent(html);
    expect(await whatSticksOut(page)).toEqual([expect.stringMatching(finding)]);
  });
}

const meant: [string, string][] = [
  [
    "a text that ends in dots",
    `<p style="width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">${long}</p>`,
  ],
  ["a box that scrolls in itself", `<pre style="width: 60px; overflow: auto">${long}</pre>`],
  [
    "what only listeners get",
    `<a href="/" style="position: absolute; clip-path: inset(50%); width: 1px; padding: 12px; overflow: hidden; white-space: nowrap">${long}</a>`,
  ],
  [
    "a menu above the page",
    `<button>One</button><div style="position: absolute; z-index: 1; left: 0; top: 0"><button>Menu</button></div>`,
  ],
  ["a button in a link's row", `<div><a href="/">Row</a> <button>Star</button></div>`],
];

for (const [what, html] of meant) {
  test(`${what} is not`, async ({ page }) => {
    await page.setContent(html);
    expect(await whatSticksOut(page)).toEqual([]);
  });
}
