import type { Page } from "@playwright/test";
import type { Control } from "../dev/google/control-client.ts";
import type { AskedPicture } from "../dev/testbed/picture-server.ts";
import { answered, expect, type NewPerson, type NewReader, test } from "./fixtures.ts";
import { frameOf } from "./mail-page.ts";
import { place } from "./places.ts";

test.use({ expectedComplaints: answered(424) });

/** Whoever sent it, Google has found that their domain signed it, or has not. */
const mailOf = (html: string, isVouched: boolean) =>
  `${isVouched ? "Authentication-Results: mx.google.com; dkim=pass header.i=@shop.example header.s=s1\r\n" : ""}From: Shop <news@shop.example>\r\nSubject: Sale\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`;

interface Stage {
  readonly google: Control;
  readonly newPerson: NewPerson;
  readonly newReader: NewReader;
}

/** A reader with mail of this HTML. */
async function withMail({ google, newPerson, newReader }: Stage, html: string, isVouched = true) {
  const person = await newPerson();
  const { id } = await google.deliverRfc822(person.email, mailOf(html, isVouched));
  const reader = await newReader({ person });
  return { ...reader, id, path: `/mail/${reader.accountId}/message/${id}` };
}

const asked = async (folder: string): Promise<string[]> => {
  const answer = await fetch(`${place("pictures")}/asked/${folder}`);
  return ((await answer.json()) as AskedPicture[]).map(({ path }) => path);
};

const newsletter = (folder: string) =>
  `<h1>Sale</h1><img src="${place("pictures")}/${folder}/hero.png" width="600" height="200" alt="Shoes">
   <img src="${place("pictures")}/${folder}/wf/open?u=1" width="1" height="1">`;

const button = (page: Page, name: string) => page.getByRole("button", { name });
const bar = (page: Page) => page.getByRole("region", { name: "Images and links" });
/** How wide the picture is that the frame shows; 0 while it shows none. */
const shownWidth = (page: Page) =>
  frameOf(page)
    .locator("img")
    .first()
    .evaluate((image) => (image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0));

test("remote images are named, and shown once, through this server, without their trackers", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const reader = await withMail({ google, newPerson, newReader }, newsletter("once"));
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== place("latchkey")) elsewhere.push(request.url());
  });
  await page.goto(reader.path);
  await expect(bar(page)).toContainText("2 remote images · 1 tracker: SendGrid");
  await expect(frameOf(page).getByRole("img", { name: "Shoes" })).toBeVisible();
  await expect(frameOf(page).locator("img")).toHaveCount(0);
  expect(await asked("once")).toEqual([]);

  await button(page, "Show once").click();
  await expect(bar(page)).toContainText("1 remote image is shown · 1 tracker: SendGrid blocked");
  await expect.poll(() => shownWidth(page)).toBe(600);
  expect(await asked("once")).toEqual(["/once/hero.png"]);
  expect(elsewhere).toEqual([]);

  await page.goto(reader.path);
  await expect(bar(page)).toContainText("2 remote images");
  await expect(frameOf(page).locator("img")).toHaveCount(0);
});

test("the privacy report says who would have learned what", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const { path } = await withMail({ google, newPerson, newReader }, newsletter("report"));
  await page.goto(path);
  await page.getByText("Privacy report").click();
  await expect(bar(page)).toContainText("1 picture from 127.0.0.1 · tracker: SendGrid");
  await expect(bar(page)).toContainText("That you opened the message, when and how often");
});

test("images of a sender are always shown, until that is taken back on the accounts' page", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const reader = await withMail({ google, newPerson, newReader }, newsletter("always"));
  await page.goto(reader.path);
  await button(page, "Always from this sender").click();
  await expect.poll(() => shownWidth(page)).toBe(600);
  const next = await google.deliverRfc822(reader.email, mailOf(newsletter("always"), true));
  await page.goto(`/mail/${reader.accountId}/message/${next.id}`);
  await expect.poll(() => shownWidth(page)).toBe(600);

  const forged = await google.deliverRfc822(reader.email, mailOf(newsletter("always"), false));
  await page.goto(`/mail/${reader.accountId}/message/${forged.id}`);
  await expect(button(page, "Show once")).toBeVisible();
  await expect(button(page, "Always from this sender")).toHaveCount(0);
  await expect(frameOf(page).locator("img")).toHaveCount(0);

  await page.goto("/accounts");
  await expect(page.getByRole("list", { name: "Senders whose images are shown" })).toContainText(
    "news@shop.example",
  );
  await button(page, "Stop showing images from news@shop.example").click();
  await expect(button(page, "Stop showing images from news@shop.example")).toHaveCount(0);
  await page.goto(reader.path);
  await expect(button(page, "Show once")).toBeVisible();
  await expect(frameOf(page).locator("img")).toHaveCount(0);
});

for (const [name, words] of [
  ["markup.png", "it is not a picture"],
  ["drawing.png", "it is not a picture"],
  ["inside.png", "its address is not one for pictures"],
  ["endless.png", "it is too large"],
  ["gone.png", "its server gave no picture"],
] as const) {
  test(`a picture that is none says why in its place: ${name}`, async ({
    page,
    google,
    newPerson,
    newReader,
  }) => {
    const html = `<img src="${place("pictures")}/refused-${name}/${name}" width="600" height="200" alt="Shoes">`;
    const { path } = await withMail({ google, newPerson, newReader }, html);
    await page.goto(path);
    const answer = page.waitForResponse(/\/image\//);
    await button(page, "Show once").click();
    const refused = await answer;
    expect(refused.status()).toBe(424);
    expect(refused.headers()["content-security-policy"]).toContain("sandbox");
    expect(await refused.text()).toContain(words);
    // Drawn, although it is no answer to be glad of.
    await expect.poll(() => shownWidth(page)).toBeGreaterThan(0);
  });
}

test("nothing but a form of ours shows images, and an address of one reader's is none of another's", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const reader = await withMail({ google, newPerson, newReader }, newsletter("addresses"));
  for (const guess of ["show", "1", "zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAA"]) {
    await page.goto(`${reader.path}?images=${guess}`);
    await expect(button(page, "Show once")).toBeVisible();
    await expect(frameOf(page).locator("img")).toHaveCount(0);
  }
  const answer = page.waitForResponse(/\/image\//);
  await button(page, "Show once").click();
  const address = (await answer).url();
  expect((await reader.context.request.get(address)).headers()).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
    "cache-control": "private, max-age=600",
  });
  const other = await newReader({ elsewhere: true });
  expect((await other.context.request.get(address)).status()).toBe(404);
  expect((await reader.context.request.get(`${address}A`)).status()).toBe(404);
  const elsewhere = address.replace(reader.accountId, other.accountId);
  expect((await other.context.request.get(elsewhere)).status()).toBe(404);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("images are shown once by a form", async ({ page, google, newPerson, newReader }) => {
    const { path } = await withMail({ google, newPerson, newReader }, newsletter("without-scripts"));
    await page.goto(path);
    await button(page, "Show once").click();
    await expect(bar(page)).toContainText("1 remote image is shown");
    await expect.poll(() => asked("without-scripts")).toEqual(["/without-scripts/hero.png"]);
  });
});
