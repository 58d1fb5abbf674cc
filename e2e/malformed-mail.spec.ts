import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";

const crlf = (...lines: string[]): string => lines.join("\r\n");
const base64url = (text: string | Buffer): string => Buffer.from(text).toString("base64url");

interface Oddity {
  readonly name: string;
  /** RFC 822, or a payload that Gmail gives as it is. */
  readonly source: string | Buffer | { payload: unknown };
  /** The subject as it is shown. */
  readonly subject: string;
  /** What is readable of it, on the message's page. */
  readonly shows?: string | RegExp;
  /** What is said about what is not. */
  readonly says?: string | RegExp;
}

function nested(depth: number): string {
  let part = crlf("Content-Type: text/plain", "", "At the bottom.");
  for (let level = 0; level < depth; level += 1) {
    const boundary = `b${level}`;
    part = crlf(
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      "",
      `--${boundary}`,
      part,
      `--${boundary}--`,
    );
  }
  return crlf("From: deep@example.org", "Subject: Fifty deep", "MIME-Version: 1.0", part);
}

const oddities: Oddity[] = [
  {
    name: "no header at all",
    source: { payload: { mimeType: "text/plain", body: { size: 0 } } },
    subject: "(no subject)",
  },
  { name: "no payload at all", source: { payload: {} }, subject: "(no subject)" },
  {
    name: "no sender and no subject",
    source: crlf("To: b@example.org", "", "Only a body."),
    subject: "(no subject)",
    shows: "Only a body.",
  },
  {
    name: "headers that stand there twice",
    source: crlf(
      "From: first@example.org",
      "From: second@example.org",
      "Subject: One",
      "Subject: Two",
      "",
      "Body.",
    ),
    subject: "One",
    says: "stand in this message more than once; the first of each is shown",
  },
  {
    name: "a character set that nobody knows",
    source: Buffer.concat([
      Buffer.from(
        crlf(
          "From: a@example.org",
          "Subject: Letters",
          "Content-Type: text/plain; charset=x-klingon-8",
          "",
          "",
        ),
      ),
      Buffer.from([0xd8, 0xe4, 0xff]),
      Buffer.from(" Plain letters survive."),
    ]),
    subject: "Letters",
    shows: "Plain letters survive.",
    says: "unknown character set (“x-klingon-8”)",
  },
  {
    name: "broken base64",
    source: {
      payload: {
        mimeType: "text/plain",
        headers: [
          { name: "From", value: "a@example.org" },
          { name: "Subject", value: "Broken" },
          { name: "Content-Type", value: "text/plain; charset=utf-8" },
        ],
        body: { size: 30, data: "SGVsbG8!!!*not base64 at all" },
      },
    },
    subject: "Broken",
    says: "arrived damaged",
  },
  {
    name: "no body",
    source: crlf("From: a@example.org", "Subject: Nothing inside", "", ""),
    subject: "Nothing inside",
    says: /no text/,
  },
  {
    name: "encoded words that end in the middle",
    source: crlf("From: =?utf-8?B?4KiC?= <a@example.org>", "Subject: =?utf-8?B?SGVsbG8", "", "Body."),
    subject: "=?utf-8?B?SGVsbG8",
    shows: "Body.",
  },
  {
    name: "a date that is none, and control characters",
    source: crlf("From: a@example.org", "Date: yesterday", "Subject: Bell\u0007 and \u202egnp", "", "Body."),
    subject: "Bell",
    shows: "Body.",
  },
  {
    name: "parts fifty deep",
    source: nested(50),
    subject: "Fifty deep",
    shows: "At the bottom.",
  },
  {
    name: "a boundary that never ends",
    source: crlf(
      "From: a@example.org",
      "Subject: Endless",
      "MIME-Version: 1.0",
      'Content-Type: multipart/alternative; boundary="x"',
      "",
      "--x",
      "Content-Type: text/plain",
      "",
      "Cut off here",
    ),
    subject: "Endless",
    shows: "Cut off here",
  },
  {
    name: "bytes that are no UTF-8",
    source: Buffer.concat([
      Buffer.from(
        crlf("From: a@example.org", "Subject: Bytes", "Content-Type: text/plain; charset=utf-8", "", "Caf"),
      ),
      Buffer.from([0xe9, 0xff, 0xfe]),
      Buffer.from(" still read."),
    ]),
    subject: "Bytes",
    shows: "still read.",
  },
  {
    name: "a subject of ten thousand letters",
    source: crlf("From: a@example.org", `Subject: Long ${"x".repeat(10_000)}`, "", "Body."),
    subject: "Long x",
    shows: "Body.",
  },
];

for (const { name, source, subject, shows, says } of oddities) {
  test(`a message with ${name} has its row and its page`, async ({ page, newPerson, google, newReader }) => {
    const person = await newPerson();
    await google.deliver(person.email, { subject: "A neighbour", dateMs: 1.7e12 });
    const delivered =
      typeof source === "string" || Buffer.isBuffer(source)
        ? await google.deliverRfc822(person.email, source, { keepCharset: true })
        : await google.deliverPayload(person.email, source.payload);
    const { accountId } = await newReader({ person });
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(rowsOf(page)).toHaveCount(2);
    await expect(rowsOf(page).first()).toContainText(subject);
    const answer = await page.goto(`/mail/${accountId}/message/${delivered.id}`);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(subject);
    if (shows) await expect(page.getByRole("article")).toContainText(shows);
    if (says) await expect(page.getByRole("article")).toContainText(says);
    await expectRoomForEverything(page);
  });
}

/** However long the words: nothing makes the page wider than the screen. */
async function expectRoomForEverything(page: Page): Promise<void> {
  const [wide, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(wide).toBeLessThanOrEqual(screen ?? 0);
}

test("a message of 25 MB has its row and its page, and says what is left out", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const line = `${"All work and no play. ".repeat(3)}\r\n`;
  const body = line.repeat(Math.ceil(25_000_000 / line.length));
  const { id } = await google.deliverRfc822(
    person.email,
    crlf("From: a@example.org", "Subject: Heavy", "Content-Type: text/plain; charset=utf-8", "", body),
  );
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).first()).toContainText("Heavy");
  const answer = await page.goto(`/mail/${accountId}/message/${id}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("list", { name: "About this message" })).toContainText(
    "Only the first 100 kB of the text are shown.",
  );
});

test("a large attachment does not keep the text from being read", async ({ page, newReader }) => {
  const { accountId, messageId: id } = await newReader({
    mail: [
      {
        subject: "With a film",
        text: "The film is attached.",
        attachments: [
          {
            filename: "film.mp4",
            mimeType: "video/mp4",
            contentBase64: Buffer.alloc(15_000_000).toString("base64"),
          },
        ],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(page.getByText("The film is attached.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Attachments" })).toContainText("15.0 MB");
});

test("a payload whose parts are no list breaks nobody's inbox", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  await google.deliver(person.email, { subject: "A neighbour" });
  await google.deliverPayload(person.email, {
    mimeType: "multipart/mixed",
    headers: [{ name: "Subject" }, { value: "nameless" }, { name: "Subject", value: "Odd" }],
    parts: [{}, { mimeType: "", body: { data: base64url("x") } }, { parts: [] }],
  });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page)).toHaveCount(2);
  await rowsOf(page).first().click();
  await expect(page.getByRole("article")).toBeVisible();
});
