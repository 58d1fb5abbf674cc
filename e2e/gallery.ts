/** Every page there is, each with what it takes to stand on it. */
import type { BrowserContext, Page } from "@playwright/test";
import type { Control } from "../dev/google/control-client.ts";
import type { NewReader } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { admin, answerAtGoogle, type Person, signIn, startSignIn, tellZone } from "./sign-in.ts";

export interface Stage {
  readonly page: Page;
  readonly google: Control;
  readonly newPerson: () => Promise<Person>;
  readonly newReader: NewReader;
}

interface GalleryPage {
  readonly name: string;
  /** Opens the page, and waits until everything on it is there. */
  readonly open: (stage: Stage) => Promise<void>;
}

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

/** Signs an admin in. Returns the id of somebody else's account. */
async function enterAsAdmin({ newReader }: Stage): Promise<string> {
  const { accountId } = await newReader({ elsewhere: true });
  await newReader({ person: admin });
  return accountId;
}

/** Connects a further account of whoever is signed in, without showing it any page. */
async function connectFurther(context: BrowserContext, { email }: Person): Promise<void> {
  const callback = await answerAtGoogle(await startSignIn(context, { purpose: "connect" }), { email });
  await context.request.get(callback, { maxRedirects: 0 });
}

/** An admin, in a browser of their own, takes an account's key back. */
async function withdraw({ newReader }: Stage, accountId: string): Promise<void> {
  const office = await newReader({ person: admin, elsewhere: true });
  const desk = await office.context.newPage();
  await desk.goto(`/admin/accounts/${accountId}`);
  await desk.getByRole("textbox", { name: "Reason" }).fill("left the pond committee");
  await desk.getByRole("button", { name: "Revoke access" }).click();
  await desk.getByRole("button", { name: "Allow reconnecting" }).waitFor();
}

const text = `The pond is ready.\n\nhttps://example.org/${"pond/".repeat(30)}\n\nOn Mon, 2 Nov 2026 at 10:00, Bo <bo@example.org> wrote:\n> Is it?\n> I wonder.`;
const html = `<h1>News</h1><table width="900"><tr><td>Wide</td><td><a href="https://example.org">a link</a></td></tr></table><img src="https://images.example/a.png" width="640" height="200"><p>${"Unbroken".repeat(60)}</p>`;

export const gallery: readonly GalleryPage[] = [
  { name: "the front door", open: async ({ page }) => void (await page.goto("/")) },
  {
    name: "the inbox",
    open: async (stage) => {
      const { accountId } = await stage.newReader({ messages: 110 });
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await rowsOf(stage.page).nth(49).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "an inbox that is read while it is brought in and Google fails",
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
    name: "a search",
    open: async (stage) => {
      const { accountId } = await stage.newReader({ messages: 10 });
      await stage.page.goto(`/mail/${accountId}/all?q=in%3Ainbox`);
      await rowsOf(stage.page).first().waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "a search that Gmail does not understand",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await stage.page.goto(`/mail/${accountId}/all?q=%28`);
      await stage.page.getByRole("alert").filter({ hasText: "Gmail" }).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "an empty mailbox",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await stage.page.getByText("Nothing here").waitFor();
      await railThere(stage.page);
    },
  },
  { name: "a message of text", open: (stage) => openMessage(stage, { text }) },
  { name: "a message of HTML", open: (stage) => openMessage(stage, { html }) },
  {
    name: "an inbox whose grant is dead",
    open: async (stage) => {
      const { accountId, email } = await stage.newReader();
      await stage.google.revokeGrant(email);
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await stage.page.getByRole("button", { name: "Reconnect" }).waitFor();
      await railThere(stage.page);
    },
  },
  {
    name: "the accounts",
    open: async (stage) => {
      await stage.newReader();
      await stage.page.goto("/accounts");
    },
  },
  {
    name: "the accounts of somebody with a further one and two browsers",
    open: async (stage) => {
      const person = await stage.newReader();
      await stage.newReader({ person, elsewhere: true });
      await connectFurther(stage.page.context(), await stage.newPerson());
      await stage.page.goto("/accounts");
      await stage.page
        .getByRole("button", { name: /sign me in/ })
        .first()
        .waitFor();
    },
  },
  {
    name: "the page that asks before it signs out everywhere",
    open: async (stage) => {
      await stage.newReader();
      await stage.page.goto("/accounts/sign-out");
    },
  },
  {
    name: "a sign-in with an account that is connected elsewhere",
    open: async ({ page, newPerson, newReader }) => {
      const [owner, further] = [await newReader({ elsewhere: true }), await newPerson()];
      await connectFurther(owner.context, further);
      await newReader({ person: further });
      await page.goto("/connected-elsewhere");
      await page.getByRole("button", { name: /from there$/ }).waitFor();
    },
  },
  {
    name: "an inbox whose account an admin withdrew",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await withdraw(stage, accountId);
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await stage.page.getByText("An admin withdrew access.").first().waitFor();
    },
  },
  {
    name: "the page that asks before it disconnects",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await stage.page.goto(`/accounts/${accountId}/disconnect`);
    },
  },
  {
    name: "the consent page",
    open: async ({ page, newPerson }) => {
      await signIn(page, await newPerson(), { untick: true });
      await page.getByRole("button", { name: "Continue with Google" }).waitFor();
    },
  },
  {
    name: "a sign-in problem",
    open: async ({ page }) => void (await page.goto("/sign-in-problem?reason=access-denied")),
  },
  {
    name: "a page that is not there",
    open: async ({ page }) => {
      await tellZone(page.context());
      await page.goto("/nowhere");
    },
  },
  {
    name: "the admin's table",
    open: async (stage) => {
      await enterAsAdmin(stage);
      await stage.page.goto("/admin/accounts");
    },
  },
  {
    name: "the admin's page of an account",
    open: async (stage) => {
      const accountId = await enterAsAdmin(stage);
      await stage.page.goto(`/admin/accounts/${accountId}`);
    },
  },
  {
    name: "the admin's page of an account that was withdrawn",
    open: async (stage) => {
      const accountId = await enterAsAdmin(stage);
      await withdraw(stage, accountId);
      await stage.page.goto(`/admin/accounts/${accountId}`);
      await stage.page.getByRole("button", { name: "Allow reconnecting" }).waitFor();
    },
  },
];
