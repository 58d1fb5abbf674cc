import type { Control } from "../dev/google/control-client.ts";
import { expect, test } from "./fixtures.ts";
import { idsInList, rowsOf } from "./mail-page.ts";
import { place } from "./places.ts";

test.use({ mailbox: { messages: 160 } });

/** The inbox's newest messages, as Gmail itself lists them. */
async function newestIds(google: Control, email: string): Promise<string[]> {
  const { accessToken } = await google.grant(email);
  const answer = await fetch(`${place("google")}/gmail/v1/users/me/messages?labelIds=INBOX&maxResults=50`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { messages } = (await answer.json()) as { messages: { id: string }[] };
  return messages.map(({ id }) => id);
}

const faults = [
  ["in whatever order they come", null],
  ["when some parts are refused", { kind: "batch-parts-429", parts: 7, count: 1 }],
] as const;

for (const [when, fault] of faults) {
  test(`the fifty newest messages stand in Gmail's order, ${when}`, async ({
    page,
    google,
    reader: { accountId, email },
  }) => {
    const expected = await newestIds(google, email);
    expect(expected).toHaveLength(50);
    if (fault) await google.fault({ ...fault, email });
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(rowsOf(page)).toHaveCount(50);
    expect(await idsInList(page)).toEqual(expected);
  });
}

test("messages that Google keeps refusing keep their places", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson({ messages: 30 });
  await google.fault({ kind: "batch-parts-429", parts: 3, email: person.email });
  const { accountId } = await newReader({ person });
  const messages = await newestIds(google, person.email);
  await page.goto(`/mail/${accountId}/inbox`);
  const places = page.getByRole("list", { name: "Messages" }).locator("li > .row");
  await expect(places).toHaveCount(messages.length);
  expect(messages).toEqual(expect.arrayContaining(await idsInList(page)));
});
