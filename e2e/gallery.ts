/** Every page there is, each with what it takes to stand on it. */
import type { BrowserContext } from "@playwright/test";
import { mailPages } from "./gallery-mail.ts";
import type { GalleryPage, Stage } from "./gallery-page.ts";
import { admin, answerAtGoogle, type Person, signIn, startSignIn, tellZone } from "./sign-in.ts";

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

/** What the browser says of pages that are not there, and of the one that cannot be made. */
export const galleryComplaints = /status of (404|500)|React error #441/;

export const gallery: readonly GalleryPage[] = [
  ...mailPages,
  { name: "the front door", file: "front-door", open: async ({ page }) => void (await page.goto("/")) },
  {
    name: "the accounts",
    file: "accounts",
    open: async (stage) => {
      await stage.newReader();
      await stage.page.goto("/accounts");
    },
  },
  {
    name: "the accounts of somebody whose grant is dead",
    file: "accounts-need-consent",
    open: async ({ page, google, newReader }) => {
      const { accountId, email } = await newReader();
      await google.revokeGrant(email);
      await page.goto(`/mail/${accountId}/inbox`);
      await page.getByRole("button", { name: "Reconnect" }).waitFor();
      await page.goto("/accounts");
      await page.getByRole("button", { name: "Reconnect" }).waitFor();
    },
  },
  {
    name: "the accounts of somebody with a further one and two browsers",
    file: "accounts-several",
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
    file: "sign-out",
    open: async (stage) => {
      await stage.newReader();
      await stage.page.goto("/accounts/sign-out");
    },
  },
  {
    name: "a sign-in with an account that is connected elsewhere",
    file: "connected-elsewhere",
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
    file: "withdrawn",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await withdraw(stage, accountId);
      await stage.page.goto(`/mail/${accountId}/inbox`);
      await stage.page.getByText("An admin withdrew access.").first().waitFor();
    },
  },
  {
    name: "the page that asks before it disconnects",
    file: "disconnect",
    open: async (stage) => {
      const { accountId } = await stage.newReader();
      await stage.page.goto(`/accounts/${accountId}/disconnect`);
    },
  },
  {
    name: "the consent page",
    file: "consent",
    open: async ({ page, newPerson }) => {
      await signIn(page, await newPerson(), { untick: true });
      await page.getByRole("button", { name: "Continue with Google" }).waitFor();
    },
  },
  {
    name: "a sign-in problem",
    file: "sign-in-problem",
    open: async ({ page }) => void (await page.goto("/sign-in-problem?reason=access-denied")),
  },
  {
    name: "a page that is not there",
    file: "not-found",
    open: async ({ page }) => {
      await tellZone(page.context());
      await page.goto("/nowhere");
    },
  },
  {
    name: "a page that cannot be made",
    file: "error",
    open: async ({ page, store, newReader }) => {
      const { accountId } = await newReader();
      // A time that no calendar has is nothing that anybody foresaw.
      await store.query(
        `UPDATE "Session" SET "createdAt" = 'infinity' FROM "Account" a WHERE a.id = $1 AND a."userId" = "Session"."userId"`,
        [accountId],
      );
      await page.goto("/accounts");
      await page.getByText("Something went wrong here.").waitFor();
    },
  },
  {
    name: "the admin's table",
    file: "admin-accounts",
    open: async (stage) => {
      await enterAsAdmin(stage);
      await stage.page.goto("/admin/accounts");
    },
  },
  {
    name: "the admin's page of an account",
    file: "admin-account",
    open: async (stage) => {
      const accountId = await enterAsAdmin(stage);
      await stage.page.goto(`/admin/accounts/${accountId}`);
    },
  },
  {
    name: "the admin's page of an account that was withdrawn",
    file: "admin-account-withdrawn",
    open: async (stage) => {
      const accountId = await enterAsAdmin(stage);
      await withdraw(stage, accountId);
      await stage.page.goto(`/admin/accounts/${accountId}`);
      await stage.page.getByRole("button", { name: "Allow reconnecting" }).waitFor();
    },
  },
];
