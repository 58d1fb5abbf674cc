import type { Locator, Page } from "@playwright/test";
import type { Control } from "../dev/google/control-client.ts";
import { expect, type NewReader, test } from "./fixtures.ts";
import { rowNamed } from "./mail-page.ts";
import type { Person } from "./sign-in.ts";

const startMs = Date.UTC(2026, 10, 20, 8);

const messagesIn = (place: Page | Locator) => place.getByRole("group", { name: /^Message from/ });

/** Somebody with a conversation of so many read messages, and one other message on top of their inbox. */
async function withConversation(newReader: NewReader, google: Control, person: Person, messages: number) {
  const ids: string[] = [];
  for (let place = 0; place < messages; place += 1) {
    const { id } = await google.deliver(person.email, {
      ...(ids[0] && { threadId: ids[0] }),
      from: place % 2 ? `${person.name} <${person.email}>` : "Ann Lee <ann@example.org>",
      subject: "The pond",
      text: `Words of message ${place}.`,
      dateMs: startMs + place * 3_600_000,
      labelIds: ["INBOX"],
    });
    ids.push(id);
  }
  await google.deliver(person.email, {
    subject: "On top",
    dateMs: startMs + 900_000_000,
    labelIds: ["INBOX"],
  });
  return { ids, ...(await newReader({ person })) };
}

test("a conversation stands on one page: the newest open, the others one line each, the middle behind one", async ({
  page,
  newReader,
  newPerson,
  google,
}) => {
  const { accountId, ids } = await withConversation(newReader, google, await newPerson(), 8);
  await page.goto(`/mail/${accountId}/inbox`);
  await rowNamed(page, /The pond/)
    .first()
    .click();
  await expect(page).toHaveTitle(/The pond/);
  const conversation = page.getByRole("region", { name: "Conversation" });
  await expect(conversation.getByText("Words of message 7.").filter({ visible: true })).toBeVisible();
  await expect(messagesIn(conversation)).toHaveCount(1);
  await expect(messagesIn(conversation)).toBeFocused();
  const earlier = conversation.getByText("5 earlier messages");
  await expect(conversation.getByRole("link", { name: /Words of message 3/ })).toBeHidden();
  await earlier.click();
  await conversation.getByRole("link", { name: /me.*Words of message 3/ }).click();
  await expect(page).toHaveURL(new RegExp(`/message/${ids[3]}`));
  await expect(page.locator(`#message-${ids[3]}`)).toBeFocused();
  await expect(page.locator(`#message-${ids[3]}`)).toBeInViewport();
  // What was open stays open.
  await expect(messagesIn(conversation)).toHaveCount(2);
  await page.getByRole("link", { name: "Unfold all" }).click();
  await expect(messagesIn(conversation)).toHaveCount(8);
});

test("n and p go through a conversation; j, k and u through the list that it was opened from", async ({
  page,
  newReader,
  newPerson,
  google,
}) => {
  const { accountId, ids } = await withConversation(newReader, google, await newPerson(), 3);
  await page.goto(`/mail/${accountId}/inbox`);
  await rowNamed(page, /On top/).click();
  await expect(page.getByText("1 of 4", { exact: true })).toBeVisible();
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`/message/${ids[2]}$`));
  await expect(page.getByText("2 of 4", { exact: true })).toBeVisible();
  await expect(page.locator(`#message-${ids[2]}`)).toBeFocused();
  await page.keyboard.press("p");
  await expect(page.getByRole("link", { name: /Words of message 1/ })).toBeFocused();
  await page.keyboard.press("n");
  await expect(page.locator(`#message-${ids[2]}`)).toBeFocused();
  await page.keyboard.press("k");
  await expect(page.getByRole("heading", { level: 1, name: "On top" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(page).toHaveURL(new RegExp(`/mail/${accountId}/inbox$`));
});

test("what comes in while it is read is added below, and nothing that is read moves", async ({
  page,
  newReader,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  const { accountId, ids } = await withConversation(newReader, google, person, 3);
  await page.goto(`/mail/${accountId}/inbox`);
  await rowNamed(page, /The pond/)
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/message/${ids[2]}$`));
  const text = page.getByText("Words of message 2.", { exact: true }).filter({ visible: true });
  await expect(text).toBeVisible();
  const before = await text.boundingBox();
  await google.deliver(person.email, {
    threadId: ids[0] ?? "",
    subject: "The pond",
    text: "One more.",
    labelIds: ["INBOX", "UNREAD"],
  });
  await expect(page.getByText("One more.").filter({ visible: true })).toBeVisible({ timeout: 60_000 });
  expect(await text.boundingBox()).toEqual(before);
});

test("a message in spam, a draft and a starred one look like what they are", async ({
  page,
  newReader,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  const ids = new Map<string, string>();
  for (const [name, labelIds] of [
    ["spam", ["SPAM"]],
    ["draft", ["DRAFT"]],
    ["starred", ["INBOX", "STARRED"]],
  ] as const)
    ids.set(name, (await google.deliver(person.email, { subject: name, labelIds: [...labelIds] })).id);
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${ids.get("spam")}?in=spam`);
  await expect(page.getByText("Gmail has put this message into spam.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Spam" })).toHaveAttribute("aria-current", "page");
  await page.goto(`/mail/${accountId}/message/${ids.get("draft")}?in=drafts`);
  await expect(page.getByText("This is a draft. It has not been sent.")).toBeVisible();
  await page.goto(`/mail/${accountId}/message/${ids.get("starred")}`);
  await expect(page.getByRole("heading", { level: 1 }).getByLabel("Starred")).toBeVisible();
});

test("while Google is silent, what the copy knows is there at once", async ({
  page,
  newReader,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  const { accountId } = await withConversation(newReader, google, person, 2);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowNamed(page, /The pond/).first()).toBeVisible();
  await google.fault({ kind: "slow", latencyMs: 5_000, target: "gmail", email: person.email });
  await rowNamed(page, /The pond/)
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "The pond" })).toBeVisible({ timeout: 3_000 });
  await expect(page.getByText(/Words of message 1\./).filter({ visible: true })).toBeVisible({
    timeout: 3_000,
  });
  await expect(
    page.getByText("Words of message 1.", { exact: true }).filter({ visible: true }),
  ).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("messages unfold and fold", async ({ page, newReader, newPerson, google }) => {
    const { accountId, ids } = await withConversation(newReader, google, await newPerson(), 3);
    await page.goto(`/mail/${accountId}/inbox`);
    await rowNamed(page, /The pond/)
      .first()
      .click();
    await expect(page).toHaveURL(new RegExp(`/message/${ids[2]}$`));
    await page.getByRole("link", { name: /Words of message 0/ }).click();
    await expect(messagesIn(page)).toHaveCount(2);
    await expect(page.locator(`#message-${ids[0]}`)).toContainText("Words of message 0.");
    await page.locator(`#message-${ids[0]} summary`).first().click();
    await expect(page.locator(`#message-${ids[0]} details`).first()).not.toHaveAttribute("open");
  });
});
