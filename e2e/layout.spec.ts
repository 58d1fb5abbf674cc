import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";

test.use({ mailbox: { messages: 130 } });

const heightOf = async (locator: Locator): Promise<number | undefined> =>
  (await locator.boundingBox())?.height;

test("rows are 40 px high on a wide screen, whatever stands in them", async ({ page, newReader }) => {
  const { accountId } = await newReader({
    messages: 50,
    correspondence: "mixed",
    mail: [
      { subject: "ประชุมวันศุกร์ ".repeat(20), from: "ผู้ส่ง <a@example.org>" },
      { subject: "🎏🎐👩‍👩‍👧‍👦 ".repeat(20) },
    ],
  });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).nth(20)).toBeVisible();
  const heights = await rowsOf(page).evaluateAll((rows) =>
    rows.map((row) => row.getBoundingClientRect().height),
  );
  expect([...new Set(heights)]).toEqual([40]);
});

for (const [screen, width] of [
  ["wide", 1440],
  ["small", 390],
] as const) {
  test(`on a ${screen} screen placeholders are as high as rows, and nothing moves when the list arrives`, async ({
    page,
    google,
    store,
    reader: { accountId, email },
  }) => {
    await page.setViewportSize({ width, height: 800 });
    // The zone is told at the first visit, and everything is drawn once more.
    await page.goto(`/mail/${accountId}/starred`);
    await expect(page.getByRole("status", { name: "Loading messages" })).toHaveCount(0);
    // What has come in by itself would be there at once.
    await store.untilFilled(accountId);
    await google.fault({ kind: "slow", latencyMs: 2_500, method: "messages.list", email });
    await store.forgetCopy(accountId);
    await page.goto(`/mail/${accountId}/inbox`, { waitUntil: "commit" });
    const skeleton = page.getByRole("status", { name: "Loading messages" });
    await expect(skeleton).toBeVisible();
    const placeholder = skeleton.locator(".row").first();
    const bar = page.getByRole("banner").or(page.locator("header")).first();
    const before = {
      row: await placeholder.boundingBox(),
      bar: await bar.boundingBox(),
      search: await page.getByRole("searchbox").boundingBox(),
    };
    await expect(rowsOf(page).first()).toBeVisible();
    await expect(skeleton).toHaveCount(0);
    const row = await rowsOf(page).first().boundingBox();
    expect(row?.height).toBe(before.row?.height);
    expect(row?.y).toBe(before.row?.y);
    expect(await bar.boundingBox()).toEqual(before.bar);
    expect((await page.getByRole("searchbox").boundingBox())?.height).toBe(before.search?.height);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let total = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
              total += entry.value;
            resolve(total);
          }).observe({ type: "layout-shift", buffered: true });
          // The browser hands over what it has kept before the next frame is drawn.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
        }),
    );
    expect(shift).toBeLessThan(0.01);
  });
}

test("the list is there when its page is turned, at the top", async ({ page, reader: { accountId } }) => {
  await page.goto(`/mail/${accountId}/inbox`);
  await rowsOf(page).nth(49).scrollIntoViewIfNeeded();
  await page.getByRole("link", { name: "Older", exact: true }).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  await expect(rowsOf(page).first()).toBeInViewport();
  expect(await heightOf(rowsOf(page).first())).toBe(40);
});
