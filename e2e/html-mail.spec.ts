import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { frameOf } from "./mail-page.ts";

const newsletter =
  '<body bgcolor="#ffffff" style="margin:0"><table width="600" bgcolor="#1f5f4a" align="center"><tr><td style="color:#111111;padding:20px">The Pond Gazette</td><td width="200" align="right">Two nests</td></tr></table></body>';

/** The page has taken the frame's measure. */
async function measured(page: Page): Promise<void> {
  await expect(page.getByTitle("Message body")).toHaveAttribute("style", /height/);
}

const style = (of: Locator, name: "color" | "backgroundColor"): Promise<string> =>
  of.evaluate((element, property) => getComputedStyle(element)[property], name);

/** How far the page can be scrolled sideways. */
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("shortcuts are heard after a click into a mail", async ({ page, newReader }) => {
  const { accountId } = await newReader({ mail: [{ subject: "Click", html: "<p>Click here</p>" }] });
  await page.goto(`/mail/${accountId}/inbox`);
  await page.getByRole("link", { name: /Click/ }).first().click();
  await measured(page);
  await frameOf(page).getByText("Click here").click();
  await page.keyboard.press("u");
  await page.waitForURL(`**/mail/${accountId}/inbox`);
});

test("on a phone a newsletter of a fixed width is fitted, and shown full size on demand", async ({
  page,
  newReader,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { accountId, messageId } = await newReader({ mail: [{ subject: "Fixed", html: newsletter }] });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  await measured(page);
  const end = frameOf(page).getByText("Two nests");
  const reach = async () => {
    const box = await end.boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  await expect.poll(reach).toBeLessThanOrEqual(390);
  expect(await sideways(page)).toBe(0);
  await page.getByRole("button", { name: "Full size" }).click();
  await expect.poll(reach).toBeGreaterThan(500);
  expect(await sideways(page)).toBe(0);
  await page.getByRole("button", { name: "Fit to width" }).click();
  await expect.poll(reach).toBeLessThanOrEqual(390);
});

test("a newsletter with rules for narrow screens follows them and is not scaled", async ({
  page,
  newReader,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const html =
    "<style>@media (max-width:600px){.t{width:100%!important}.c{display:block!important;width:auto!important}}</style>" +
    '<table class="t" width="600"><tr><td class="c" width="300">Left</td><td class="c" width="300">Right</td></tr></table>';
  const { accountId, messageId } = await newReader({ mail: [{ subject: "Narrow", html }] });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  await measured(page);
  const [left, right] = [frameOf(page).getByText("Left"), frameOf(page).getByText("Right")];
  await expect
    .poll(async () => ((await right.boundingBox())?.y ?? 0) - ((await left.boundingBox())?.y ?? 0))
    .toBeGreaterThan(10);
  await expect(page.getByRole("button", { name: "Full size" })).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "in the dark" : "in the dark, without JavaScript", () => {
    test.use({ colorScheme: "dark", javaScriptEnabled });

    test("a coloured mail is adapted, and shown in its own colours on demand", async ({
      page,
      newReader,
    }) => {
      const { accountId, messageId } = await newReader({ mail: [{ subject: "Dark", html: newsletter }] });
      await page.goto(`/mail/${accountId}/message/${messageId}`);
      const words = frameOf(page).getByText("The Pond Gazette");
      await expect(words).toHaveCSS("color", "rgb(221, 221, 221)");
      await page.getByRole("link", { name: "Original", exact: true }).click();
      await expect(words).toHaveCSS("color", "rgb(17, 17, 17)");
      await page.getByRole("link", { name: "Dark", exact: true }).click();
      await expect(words).toHaveCSS("color", "rgb(221, 221, 221)");
    });
  });
}

test.describe("in the dark", () => {
  test.use({ colorScheme: "dark" });

  test("a mail's own dark design is used", async ({ page, newReader }) => {
    const html =
      "<style>@media (prefers-color-scheme:dark){body{background:#102030!important}p{color:#aabbcc!important}}</style><body style='background:#fff'><p style='color:#000'>Mine</p></body>";
    const { accountId, messageId } = await newReader({ mail: [{ subject: "Own", html }] });
    await page.goto(`/mail/${accountId}/message/${messageId}`);
    const words = frameOf(page).getByText("Mine");
    await expect(words).toBeVisible();
    expect(await style(words, "color")).toBe("rgb(170, 187, 204)");
  });
});

test("nothing moves while a mail's frame takes its height", async ({ page, newReader }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const { accountId, messageId } = await newReader({
    mail: [
      {
        subject: "Still",
        html: `<h1>News</h1>${"<p>Some words about the pond.</p>".repeat(4)}`,
        attachments: [{ filename: "plan.txt", mimeType: "text/plain", contentBase64: "eA==" }],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  await measured(page);
  await expect(page.getByText("plan.txt").first()).toBeVisible();
  const sum = await page.evaluate(() =>
    (globalThis as unknown as { shifts: number[] }).shifts.reduce((all, one) => all + one, 0),
  );
  expect(sum).toBeLessThanOrEqual(0.01);
});
