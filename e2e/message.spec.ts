import { answered, expect, test } from "./fixtures.ts";
import { frameOf, rowNamed } from "./mail-page.ts";
import { enter } from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

test("a text message shows its headers, its links, and its quoted text folded", async ({
  page,
  context,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  await google.deliver(person.email, {
    from: "Ann Lee <ann@example.org>",
    cc: "Bo <bo@example.org>",
    subject: "Re: The pond",
    text: "See https://example.org/pond for plans.\n\nOn Mon, 2 Nov 2026 at 10:00, Bo <bo@example.org> wrote:\n> Where are the plans?",
  });
  const accountId = await enter(context, person);
  await page.goto(`/mail/${accountId}/inbox`);
  await rowNamed(page, /The pond/).click();
  await expect(page.getByRole("heading", { level: 1, name: "The pond" })).toBeVisible();
  const article = page.getByRole("article");
  await expect(article).toContainText("Ann Lee");
  await expect(article).toContainText("ann@example.org");
  await expect(article).toContainText("copy to Bo");
  const link = article.getByRole("link", { name: "https://example.org/pond" });
  await expect(link).toHaveAttribute("rel", /noopener.*noreferrer/);
  await expect(page.getByText("Where are the plans?")).toBeHidden();
  await page.getByText("Quoted text", { exact: true }).click();
  await expect(page.getByText("Where are the plans?")).toBeVisible();
});

test("a body of HTML shows in a frame as tall as itself", async ({ page, context, newPerson, google }) => {
  const person = await newPerson();
  const paragraphs = Array.from({ length: 60 }, (_, index) => `<p>Paragraph ${index}</p>`).join("");
  const { id } = await google.deliver(person.email, { subject: "Long", html: `<h2>News</h2>${paragraphs}` });
  const accountId = await enter(context, person);
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(frameOf(page).getByRole("heading", { name: "News" })).toBeVisible();
  await expect
    .poll(async () => (await page.getByTitle("Message body").boundingBox())?.height)
    .toBeGreaterThan(1500);
});

test("remote images are not loaded, and that is said", async ({ page, context, newPerson, google }) => {
  const person = await newPerson();
  const { id } = await google.deliver(person.email, {
    subject: "Look",
    html: '<p>Hi</p><img src="https://images.example/a.png" width="300" height="200"><img src="https://t.example/o.gif?u=1" width="1" height="1">',
  });
  const accountId = await enter(context, person);
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(page.getByText("2 remote images were not loaded, 1 of them a tracker.")).toBeVisible();
});

test("an inline image is shown from the message itself", async ({ page, context, newPerson, google }) => {
  const person = await newPerson();
  const { id } = await google.deliver(person.email, {
    subject: "Inline",
    html: '<p>Here: <img src="cid:dot@example" alt="a dot" width="20" height="20"></p>',
    attachments: [
      {
        filename: "dot.png",
        mimeType: "image/png",
        contentId: "dot@example",
        contentBase64:
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      },
    ],
  });
  const accountId = await enter(context, person);
  await page.goto(`/mail/${accountId}/message/${id}`);
  const image = frameOf(page).getByRole("img", { name: "a dot" });
  await expect(image).toBeVisible();
  const source = new URL((await image.getAttribute("src")) ?? "", page.url());
  if (source.protocol !== "data:") {
    const answer = await context.request.get(source.toString());
    expect(answer.headers()["content-type"]).toBe("image/png");
  }
});

test("an attachment is saved under its name, and never opened here", async ({
  page,
  context,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  const content = "<script>alert(1)</script>";
  const { id } = await google.deliver(person.email, {
    subject: "Files",
    attachments: [
      {
        filename: 'räport "final".html',
        mimeType: "text/html",
        contentBase64: Buffer.from(content).toString("base64"),
      },
    ],
  });
  const accountId = await enter(context, person);
  await page.goto(`/mail/${accountId}/message/${id}`);
  const link = page.getByRole("region", { name: "Attachments" }).getByRole("link");
  const answer = await context.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toBe(content);
  expect(answer.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
    "content-disposition": expect.stringMatching(/^attachment; .*filename\*=UTF-8''r%C3%A4port/),
  });
  const download = page.waitForEvent("download");
  await link.click();
  expect((await download).suggestedFilename()).toMatch(/^räport/);
});

test("the source of a message is handed out as it was sent", async ({ page, context, newPerson, google }) => {
  const person = await newPerson();
  const source = "From: a@example.org\r\nTo: b@example.org\r\nSubject: As it was\r\n\r\nBare.\r\n";
  const { id } = await google.deliverRfc822(person.email, source);
  const accountId = await enter(context, person);
  await page.goto(`/mail/${accountId}/message/${id}`);
  const link = page.getByRole("link", { name: "Download the message as it was sent" });
  const answer = await context.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.headers()["content-type"]).toBe("message/rfc822");
  expect(answer.headers()["content-disposition"]).toContain("attachment");
  expect(await answer.text()).toContain("Subject: As it was");
});

test("a message that is gone, or never was, is not found", async ({ page, context, newPerson, google }) => {
  const person = await newPerson();
  const { id } = await google.deliver(person.email, { subject: "Short life" });
  const accountId = await enter(context, person);
  await google.deleteMessages(person.email, [id]);
  for (const missing of [id, "0123456789abcdef", "..%2F..%2Flabels", "x".repeat(300)]) {
    const answer = await page.goto(`/mail/${accountId}/message/${missing}`);
    expect(answer?.status(), missing).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing here." })).toBeVisible();
  }
});

test("back from a message stands the page of the list one came from", async ({
  page,
  context,
  newPerson,
}) => {
  const accountId = await enter(context, await newPerson({ messages: 130 }));
  await page.goto(`/mail/${accountId}/inbox`);
  await page.getByRole("link", { name: "Older", exact: true }).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  const address = page.url();
  await page.getByRole("list", { name: "Messages" }).getByRole("link").nth(3).click();
  await expect(page.getByRole("article")).toBeVisible();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  expect(page.url()).toBe(address);
});
