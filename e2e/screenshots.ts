/** Takes a picture of every page, in every language, theme and width; `npm run screenshots`, no part of the tests. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { signInProblems } from "../lib/domain/sign-in-problem.ts";
import { expect, test } from "./fixtures.ts";
import { gallery, galleryComplaints } from "./gallery.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { whatSticksOut } from "./sticks-out.ts";

interface PicturedPage extends GalleryPage {
  readonly widths?: readonly number[];
  /** What is done on it before its picture is taken, in any language. */
  readonly act?: (page: Page) => Promise<void>;
}

const problems = signInProblems.map((problem) => ({
  name: `the sign-in problem ${problem}`,
  file: `sign-in-problem-${problem}`,
  open: async ({ page }: { page: Page }) => void (await page.goto(`/sign-in-problem?reason=${problem}`)),
}));

const inbox = gallery.find(({ file }) => file === "inbox");
const drawer = inbox && {
  ...inbox,
  name: "the drawer of a small screen",
  file: "drawer",
  widths: [390],
  act: (page: Page) => page.locator("[popovertarget]").first().click(),
};

const pages: readonly PicturedPage[] = [
  ...gallery.filter(({ file }) => file !== "sign-in-problem"),
  ...problems,
  ...(drawer ? [drawer] : []),
];

const languages = [
  ["en", "en-GB"],
  ["id", "id-ID"],
  ["th", "th-TH"],
] as const;

/** Until nothing is on its way any more: no placeholder, no font, no frame that is still growing. */
async function settled(page: Page): Promise<void> {
  await page.locator(".skeleton:visible").first().waitFor({ state: "detached" });
  await page.evaluate(async () => {
    await document.fonts.ready;
    let [height, still] = [0, 0];
    while (still < 5) {
      await new Promise(requestAnimationFrame);
      const now = document.documentElement.scrollHeight;
      still = now === height ? still + 1 : 0;
      height = now;
    }
  });
}

test.use({ expectedComplaints: galleryComplaints });
test.describe.configure({ timeout: 300_000 });

for (const { name, file, open, widths = [1440, 390], act } of pages) {
  test(`${name} is pictured, and nothing sticks out`, async ({
    page,
    browser,
    google,
    store,
    newPerson,
    newReader,
  }, { project }) => {
    await open({ page, google, store, newPerson, newReader });
    const signedIn = await page.context().storageState();
    const found: string[] = [];
    for (const [language, locale] of languages) {
      const context = await browser.newContext({ locale, storageState: signedIn });
      const shown = await context.newPage();
      for (const width of widths) {
        await shown.setViewportSize({ width, height: width < 500 ? 844 : 900 });
        await shown.goto(page.url());
        await act?.(shown);
        await settled(shown);
        found.push(
          ...(await whatSticksOut(shown)).map((what) => `${file} in ${language} at ${width} px: ${what}`),
        );
        for (const colorScheme of ["light", "dark"] as const) {
          await shown.emulateMedia({ colorScheme });
          const path = join(project.outputDir, `${file}.${language}.${colorScheme}.${width}.png`);
          await shown.screenshot({ path, fullPage: !act, animations: "disabled" });
        }
      }
      await context.close();
    }
    expect(found, "what sticks out").toEqual([]);
  });
}
