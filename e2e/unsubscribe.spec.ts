import { expect, test } from "./fixtures.ts";

const mail = (headers: readonly string[]) =>
  [
    "From: Seed News <news@example.com>",
    "Subject: News",
    ...headers,
    "Content-Type: text/plain",
    "",
    "News.",
    "",
  ].join("\r\n");

const signed = [
  "Authentication-Results: mx.google.com; dkim=pass header.i=@example.com header.s=s1 header.b=Qk3xYz12",
  "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=From:List-Unsubscribe:List-Unsubscribe-Post; b=Qk3xYz12abcd",
];

test("leaving a list by one click asks first, and says what came of it", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const person = await newPerson();
  const headers = [
    ...signed,
    "List-Unsubscribe: <https://lists.invalid/leave?id=1>, <mailto:leave@example.com?subject=stop>",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
  ];
  const { id } = await google.deliverRfc822(person.email, mail(headers));
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await page.getByRole("link", { name: "Unsubscribe" }).click();
  await expect(page.getByRole("heading", { name: "Unsubscribe from Seed News?" })).toBeVisible();
  await expect(page.getByText("Latchkey asks lists.invalid to take you off its list.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Write a mail that asks for it" })).toHaveAttribute(
    "href",
    "mailto:leave@example.com?subject=stop",
  );
  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "lists.invalid was not reached." })).toBeVisible();
  await page.getByRole("link", { name: "Back to the message" }).last().click();
  await expect(page.getByText("News.")).toBeVisible();
});

test("without a signature over it the list's own page is opened, and nothing is sent", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const person = await newPerson();
  const headers = [
    "List-Unsubscribe: <https://lists.invalid/leave?id=1>",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
  ];
  const { id } = await google.deliverRfc822(person.email, mail(headers));
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  const link = page.getByRole("link", { name: "Unsubscribe" });
  await expect(link).toHaveAttribute("href", "https://lists.invalid/leave?id=1");
  await expect(link).toHaveAttribute("rel", /noopener noreferrer/);
  await page.goto(`/mail/${accountId}/message/${id}/unsubscribe`);
  await expect(page.getByRole("link", { name: "Open the page at lists.invalid" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Unsubscribe" })).toHaveCount(0);
});
