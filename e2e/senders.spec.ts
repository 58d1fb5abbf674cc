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
    await expect(article.getByRole("heading", { level: 1, name: "Who?", exact: true })).toBeVisible();
    for (const text of shown) await expect(article.getByText(text).first()).toBeVisible();
    await expect(article).not.toContainText("?=");
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(rowsOf(page).filter({ hasText: inRow }).first()).toBeVisible();
  }
});
