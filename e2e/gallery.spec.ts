import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { gallery, galleryComplaints } from "./gallery.ts";
import { whatSticksOut } from "./sticks-out.ts";

test.use({ expectedComplaints: galleryComplaints });
// Axe on a page of fifty rows takes its time.
test.describe.configure({ timeout: 300_000 });

const widths = [360, 390, 768, 1440, 1600];

/** Each theme and each width once; every pair in the long run. */
const looks = process.env.LATCHKEY_LONG
  ? ([
      ["light", 1440],
      ["light", 390],
      ["dark", 1440],
      ["dark", 390],
    ] as const)
  : ([
      ["light", 1440],
      ["dark", 390],
    ] as const);

for (const { name, open } of gallery) {
  test(`${name} fits every screen from 360 to 1,600 px, and axe finds nothing on it, light and dark, wide and narrow`, async ({
    page,
    google,
    store,
    newPerson,
    newReader,
  }) => {
    await open({ page, google, store, newPerson, newReader });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await whatSticksOut(page), `${width} px`).toEqual([]);
    }
    for (const [colorScheme, width] of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      // Nothing runs in a mail's frame, and so axe does not either.
      const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect(found, `${colorScheme}, ${width} px`).toEqual([]);
    }
  });
}

test("axe finds nothing in an open drawer and an open account menu", async ({ page, newReader }) => {
  const { accountId, email } = await newReader({ messages: 5 });
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto(`/mail/${accountId}/inbox`);
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.getByText(email).first().click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
