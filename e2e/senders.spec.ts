import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";

/** What stands in From, and who is to be read there: in the message and in the list. */
const senders: readonly (readonly [from: string, shown: readonly string[], inRow: string])[] = [
  [
    "=?utf-8?Q?Office:_Head_Caf=C3=A9?= <head@example.com>",
    ["Office: Head Café", "head@example.com"],
    "Office: Head Café",
  ],
  ["Ann Lee, M.A. <ann@example.com>", ["Ann Lee, M.A.", "ann@example.com"], "Ann Lee, M.A."],
  [
    "Ann Lee <ann@example.org>, Bo Fox <bo@example.net>",
    ["Ann Lee", "ann@example.org", "Bo Fox", "bo@example.net"],
    "Ann Lee, Bo Fox",
  ],
  [
    "=?utf-8?Q?service@bank.example?= <thief@evil.example>",
    ["thief@evil.example", "The sender's name claims to be “service@bank.example”"],
    "thief@evil.example",
  ],
];

test("who wrote a message is read in full, in the list and above it", async ({
  page,
  google,
  reader: { accountId, email },
}) => {
  for (const [from, shown, inRow] of senders) {
    const { id } = await google.deliverRfc822(
      email,
      `From: ${from}\r\nSubject: =?utf-8?Q?Who??=\r\n\r\nHello.\r\n`,
    );
    await page.goto(`/mail/${accountId}/message/${id}`);
    const article = page.getByRole("article");
    await expect(page.getByRole("heading", { level: 1, name: "Who?", exact: true })).toBeVisible();
    for (const text of shown) await expect(article.getByText(text).first()).toBeVisible();
    await expect(article).not.toContainText("?=");
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(rowsOf(page).filter({ hasText: inRow }).first()).toBeVisible();
  }
});

const received =
  "Received: from x (mta.bank.example. [203.0.113.7]) by mx.google.com with ESMTPS id a (version=TLS1_3);\r\n" +
  " Fri, 27 Nov 2026 08:02:11 +0700\r\n";

test("what vouches for a message is said in a word, and explained behind it", async ({
  page,
  google,
  reader: { accountId, email },
}) => {
  const { id } = await google.deliverRfc822(
    email,
    `${received}Authentication-Results: mx.google.com; dkim=pass header.i=@bank.example; spf=pass smtp.mailfrom=b@mailer.example; dmarc=pass header.from=bank.example\r\n` +
      `Authentication-Results: mx.google.com; dkim=pass header.i=@forged.example\r\n` +
      `From: Ann <ann@bank.example>\r\nTo: ${email}\r\nCc: Bo Fox <bo@example.net>\r\nDate: Fri, 27 Nov 2026 03:02:11 +0200\r\nSubject: Vouched for\r\n\r\nHello.\r\n`,
  );
  await page.goto(`/mail/${accountId}/message/${id}`);
  const article = page.getByRole("article");
  await expect(article.getByText("to you · copy to Bo Fox")).toBeVisible();
  const details = page.getByRole("region", { name: "About the sender" });
  await expect(details).toBeHidden();
  await article.getByRole("button", { name: "Signed by bank.example" }).click();
  for (const text of [
    "Confirmed by bank.example",
    "Signed by bank.example",
    "Sent by mailer.example",
    "Came from mta.bank.example",
    "Encrypted on the way",
    "bo@example.net",
    "Fri 27 Nov 2026, 03:02 (GMT+2)",
  ]) {
    await expect(details.getByText(text, { exact: true })).toBeVisible();
  }
  await expect(article).not.toContainText("forged.example");
  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();
});

test("a sender whom nothing vouches for is warned of, with the reasons", async ({
  page,
  google,
  reader: { accountId, email },
}) => {
  const { id } = await google.deliverRfc822(
    email,
    `${received}Authentication-Results: mx.google.com; dkim=none; dmarc=fail header.from=bank.example\r\n` +
      `Authentication-Results: mx.google.com; dkim=pass header.i=@bank.example; dmarc=pass header.from=bank.example\r\n` +
      `From: Ann <ann@bank.example>\r\nReply-To: ann@evil.example\r\nSubject: Not vouched for\r\n\r\nHello.\r\n`,
  );
  await page.goto(`/mail/${accountId}/message/${id}`);
  const warning = page
    .getByRole("list", { name: "Warnings about the sender" })
    .getByRole("listitem")
    .filter({ hasText: "Perhaps not from bank.example." });
  await expect(warning).toContainText("Google could not confirm that bank.example sent this message.");
  await expect(warning.getByText(/its check \(DMARC\) failed/)).toBeHidden();
  await warning.getByText("Why we think so").click();
  await expect(warning.getByText(/its check \(DMARC\) failed/)).toBeVisible();
  await expect(page.getByText("an answer goes to ann@evil.example")).toBeVisible();
});
