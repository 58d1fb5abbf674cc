import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const words = "Click this link to come in.";

/** Markup that is as tall as what it is shown in, and a little taller: each in another way that newsletters use. */
const endless: readonly (readonly [name: string, html: string])[] = [
  ["vh", `<body style="margin:0"><div style="min-height:100vh;padding:24px">${words}</div></body>`],
  ["dvh in calc()", `<div style="min-height:calc(100dvh + 40px)">${words}</div>`],
  ["a style block", `<style>div,body{min-height:110vh;padding:9px}</style><div>${words}</div>`],
  ["vmax", `<div style="height:120vmax">${words}</div>`],
  ["svh in max()", `<div style="height:max(200px, 130svh)">${words}</div>`],
  [
    "container units",
    `<div style="container-type:size;height:100%"><p style="height:120cqh">${words}</p></div>`,
  ],
  [
    "per cent all the way down",
    `<html style="height:100%"><body style="height:100%;padding:20px"><table height="100%" style="height:100%"><td height="110%">${words}</td></table></body></html>`,
  ],
  ["a fixed box", `<div style="position:fixed;top:0;bottom:-100px;height:110vh">${words}</div>`],
  ["a wide table", `<table width="2000"><td style="height:100lvh">${words}</td></table>`],
];

/** The frame's height once it has been the same over a run of the browser's own frames. */
async function settledHeight(page: Page): Promise<number> {
  return page.getByTitle("Message body").evaluate(
    (frame) =>
      new Promise<number>((resolve, reject) => {
        let [last, same, seen] = [-1, 0, 0];
        const look = () => {
          const height = frame.getBoundingClientRect().height;
          same = height === last ? same + 1 : 0;
          last = height;
          seen += 1;
          if (same === 60) resolve(height);
          else if (seen > 600) reject(new Error(`still changing at ${height} px`));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** The page has taken the frame's measure: until then it is as tall as most of the window. */
async function measured(page: Page): Promise<void> {
  await expect(page.getByTitle("Message body")).toHaveAttribute("style", /height/);
}

for (const [name, html] of endless) {
  test(`a mail that would grow with its frame settles, and what is attached is below it: ${name}`, async ({
    page,
    newReader,
  }) => {
    const { accountId, messageId: id } = await newReader({
      mail: [
        {
          subject: "Come in",
          html,
          attachments: [{ filename: "terms.txt", mimeType: "text/plain", contentBase64: "eA==" }],
        },
      ],
    });
    await page.goto(`/mail/${accountId}/message/${id}`);
    await measured(page);
    await expect(page.frameLocator("iframe").getByText(words)).toBeVisible();
    expect(await settledHeight(page)).toBeLessThan(600);
    await page.getByRole("link", { name: "Download terms.txt" }).scrollIntoViewIfNeeded();
    await expect(page.getByRole("link", { name: "Download terms.txt" })).toBeInViewport();
  });
}

test("even a document that grows with its frame does not make the frame grow", async ({
  page,
  newReader,
}) => {
  const { accountId, messageId: id } = await newReader({ mail: [{ subject: "Grows", html: "<p>x</p>" }] });
  // As if the sanitizer had let it through.
  const style =
    "div{min-height:calc(100vh + 50px);padding:24px}@media (min-height:300px){div{padding:300px}}";
  await page.route(`**/message/${id}/body`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><style>${style}</style><body style="margin:0"><div>${words}</div>`,
    }),
  );
  await page.goto(`/mail/${accountId}/message/${id}`);
  await measured(page);
  expect(await settledHeight(page)).toBeLessThan(600);
});

test("a mail of great height scrolls in itself, and what is below it is within reach", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const html = `${`<p style="height:90000px">${words}</p>`.repeat(5)}<p>The end</p>`;
  const { id } = await google.deliver(person.email, { subject: "Tall", html });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await measured(page);
  expect(await settledHeight(page)).toBe(20_000);
  await page.frameLocator("iframe").getByText("The end").scrollIntoViewIfNeeded();
  await expect(page.frameLocator("iframe").getByText("The end")).toBeInViewport();
});

test("a narrower window makes the frame taller, a wider one shorter again", async ({ page, newReader }) => {
  const { accountId, messageId: id } = await newReader({
    mail: [
      {
        subject: "Wraps",
        html: `<p>${"word ".repeat(600)}</p>`,
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await measured(page);
  const wide = await settledHeight(page);
  await page.setViewportSize({ width: 390, height: 900 });
  await expect.poll(() => settledHeight(page)).toBeGreaterThan(wide);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => settledHeight(page)).toBe(wide);
});
