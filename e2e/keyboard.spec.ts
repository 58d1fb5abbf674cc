import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";

test.use({ mailbox: { messages: 20 } });

test("keys lead through the list, into a message and back, and to the search", async ({
  page,
  reader: { accountId },
}) => {
  await page.goto(`/mail/${accountId}/inbox`);
  const rows = rowsOf(page);
  await expect(rows.first()).toBeVisible();
  // A key pressed before the page listens is lost: press until it is heard.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("[data-row]:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await rows.first().focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows.nth(2)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(1)).toBeFocused();
  const address = await rows.nth(1).getAttribute("href");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${address}`);
  await expect(page.getByRole("article")).toBeVisible();
  await page.keyboard.press("u");
  await page.waitForURL(`**/mail/${accountId}/inbox`);
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search mail" });
  await expect(search).toBeFocused();
  // In a field, letters are letters.
  await page.keyboard.type("juk/");
  await expect(search).toHaveValue("juk/");
});

test("keys with Ctrl or Alt stay the browser's", async ({ page, newReader }) => {
  const { accountId } = await newReader({ messages: 5 });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
  await page.keyboard.press("Alt+j");
  await page.keyboard.press("Control+/");
  await expect(page.locator("[data-row]:focus, input:focus")).toHaveCount(0);
});

test("the first Tab offers to skip to the content", async ({ page, newReader }) => {
  const { accountId } = await newReader({ messages: 5 });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  expect((await skip.boundingBox())?.width).toBeGreaterThan(60);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(rowsOf(page).first()).toBeFocused();
});

test("wherever the focus is, it can be seen", async ({ page, newReader }) => {
  const { accountId } = await newReader({ messages: 3 });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
  const unseen: string[] = [];
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const ring = [element, ...(element.closest("form") ? [element.closest("form") as HTMLElement] : [])];
      const outlined = ring.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
      });
      const { width, height } = element.getBoundingClientRect();
      return { name: element.outerHTML.slice(0, 90), seen: outlined && width > 1 && height > 1 };
    });
    if (focused && !focused.seen) unseen.push(focused.name);
  }
  expect(unseen).toEqual([]);
});

test("the drawer of a small screen closes when it has led somewhere", async ({
  page,
  reader: { accountId },
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`/mail/${accountId}/inbox`);
  const drawer = page.getByRole("complementary", { name: "Navigation" });
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(drawer).toBeHidden();
  await page.getByRole("button", { name: "Open navigation" }).click();
  await expect(drawer).toBeVisible();
  await drawer.getByRole("link", { name: "All mail" }).click();
  await page.waitForURL("**/all");
  await expect(drawer).toBeHidden();
  await expect(rowsOf(page).first()).toBeVisible();
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
});
