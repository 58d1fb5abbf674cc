/** The pages that show mail. */
import type { Page } from "@playwright/test";
import { pdfOf } from "../lib/message/preview/pdf.fixture.ts";
import type { GalleryPage, Stage } from "./gallery-page.ts";
import { rowsOf } from "./mail-page.ts";

/** The counts are the last thing to arrive in the rail. */
const railThere = async (page: Page): Promise<void> =>
  page.getByRole("status", { name: "Loading labels" }).waitFor({ state: "detached" });

async function openMessage(
  { page, newReader }: Stage,
  content: { text?: string; html?: string },
): Promise<void> {
  const mail = {
    subject:
      "A rather long subject about the pond, its fish and everything that has to be done before winter",
    from: "Ann Lee of the pond committee <ann.lee.of.the.committee@a-rather-long-domain.example.org>",
    attachments: [
      {
        filename: "the-plan-for-the-pond-in-full.pdf",
        mimeType: "application/pdf",
        contentBase64: "JVBERi0=",
      },
    ],
    ...content,
  };
  const { accountId, messageId } = await newReader({ mail: [mail] });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  await page.getByRole("article").waitFor();
  await railThere(page);
}

const text = `The pond is ready.\n\nhttps://example.org/${"pond/".repeat(30)}\n\nOn Mon, 2 Nov 2026 at 10:00, Bo <bo@example.org> wrote:\n> Is it?\n> I wonder.`;
const html = `<h1>News</h1><table width="900"><tr><td>Wide</td><td><a href="https://example.org">a link</a></td></tr></table><img src="https://images.example/a.png" width="640" height="200"><p>${"Unbroken".repeat(60)}</p>`;
const longText = [
  ...Array.from(
    { length: 40 },
    (_, index) => `Paragraph ${index}: the pond is deep, and the reeds around it are high.`,
  ),
  "On Mon, 2 Nov 2026 at 10:00, Bo <bo@example.org> wrote:",
  "> Is it?\n> I wonder.",
  ...Array.from({ length: 10 }, () => "> > It was, when I last looked.\n> > > And before?"),
].join("\n\n");

/** An attachment on its own page. */
async function openPreview(
  { page, newReader }: Stage,
  filename: string,
  content: string | Buffer,
): Promise<void> {
  const contentBase64 = Buffer.from(content).toString("base64");
  const { accountId, messageId } = await newReader({
    mail: [
      { subject: "Papers", attachments: [{ filename, mimeType: "application/octet-stream", contentBase64 }] },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${messageId}/preview/1`);
  await page.getByRole("article").waitFor();
  await railThere(page);
}

const sums = `name,${"a rather long column,".repeat(20)}sum\n${`pond,${"12.50,".repeat(20)}250\n`.repeat(60)}`;

export const mailPages: readonly GalleryPage[] = [
  {
    name: "the inbox",
    file: "inbox",
    open: async (stage) => {
      const { accountId } = await stage.newReader({ messages: 110 });
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await rowsOf(stage.page).nth(49).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "an inbox that is being brought in",
    file: "inbox-filling",
    open: async ({ page, google, newPerson, newReader }) => {
      const person = await newPerson({ messages: 400 });
      await google.fault({ kind: "slow", latencyMs: 1_000, target: "batch", email: person.email });
      const { accountId } = await newReader({ person });
      await page.goto(`/mail/${accountId}/inbox`);
      await rowsOf(page).nth(49).waitFor();
      await page.getByRole("progressbar").waitFor({ state: "attached" });
    },
  },
  {
    name: "an inbox that is read while it is brought in and Google fails",
    file: "inbox-google-fails",
    open: async (stage) => {
      const { accountId, email } = await stage.newReader({ messages: 90 });
      await stage.google.fault({ kind: "slow", latencyMs: 500, target: "batch", email });
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await rowsOf(stage.page).nth(49).waitFor();
      await stage.google.fault({ kind: "5xx", target: "gmail", email });
      await stage.page.getByRole("alert").filter({ hasText: "This is your mail as of" }).waitFor();
      await stage.page.getByRole("progressbar").waitFor({ state: "attached" });
    },
  },
  {
    name: "a label of one's own",
    file: "label",
    open: async ({ page, google, newPerson, newReader }) => {
      const person = await newPerson();
      const { id } = await google.createLabel(
        person.email,
        "Garden/The pond and everything around it",
        "#16a766",
      );
      const mail = ["Fish", "Reeds", "Frogs"].map((subject) => ({
        subject,
        labelIds: ["INBOX", "UNREAD", id],
      }));
      const { accountId } = await newReader({ person, mail });
      await page.goto(`/mail/${accountId}/${id}`);
      await rowsOf(page).nth(2).waitFor();
      await railThere(page);
    },
  },
  {
    name: "a search",
    file: "search",
    open: async (stage) => {
      const { accountId } = await stage.newReader({ messages: 10 });
      await stage.page.goto(`/mail/${accountId}/all?q=in%3Ainbox`);
      await rowsOf(stage.page).first().waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "a search that finds nothing",
    file: "search-without-results",
    open: async ({ page, newReader }) => {
      const { accountId } = await newReader({ messages: 10 });
      await page.goto(`/mail/${accountId}/all?q=subject%3Azzyzx`);
      await page.getByText("Nothing matches this search").waitFor();
      await railThere(page);
    },
  },
  {
    name: "a search that Gmail does not understand",
    file: "search-not-understood",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await stage.page.goto(`/mail/${accountId}/all?q=%28`);
      await stage.page.getByRole("alert").filter({ hasText: "Gmail" }).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "an empty mailbox",
    file: "inbox-empty",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await stage.page.getByText("Nothing here").waitFor();
      await railThere(stage.page);
    },
  },
  { name: "a message of text", file: "message-text", open: (stage) => openMessage(stage, { text }) },
  { name: "a message of HTML", file: "message-html", open: (stage) => openMessage(stage, { html }) },
  {
    name: "a message with its menu open",
    file: "message-menu",
    open: async (stage) => {
      await openMessage(stage, { text });
      await stage.page.getByRole("article").getByRole("button", { name: "More" }).click();
    },
  },
  {
    name: "the original of a message",
    file: "original",
    open: async (stage) => {
      await openMessage(stage, { text });
      await stage.page.goto(`${stage.page.url()}/original`);
      await stage.page.getByRole("region", { name: "Source" }).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "an inbox whose grant is dead",
    file: "inbox-needs-consent",
    open: async (stage) => {
      const { accountId, email } = await stage.newReader();
      await stage.google.revokeGrant(email);
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await stage.page.getByRole("button", { name: "Reconnect" }).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "a long message with quotes in quotes",
    file: "message-long",
    open: (stage) => openMessage(stage, { text: longText }),
  },
  {
    name: "an attached table",
    file: "preview-table",
    open: (stage) => openPreview(stage, "the-sums-of-the-pond-in-full.csv", sums),
  },
  {
    name: "an attached text with a long line",
    file: "preview-text",
    open: (stage) => openPreview(stage, "pond.log", `one\n${"x".repeat(3_000)}\n`),
  },
  {
    name: "an attached document",
    file: "preview-document",
    open: async (stage) => {
      await openPreview(stage, "plan.pdf", pdfOf(2));
      await stage.page.getByRole("img", { name: "Page 1 of 2" }).waitFor();
    },
  },
];
