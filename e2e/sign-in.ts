/** Ways in and through Google's pages, by hand and without a browser's pages. */
import type { BrowserContext, Page } from "@playwright/test";
import { type SignIn, signInHeadless } from "../dev/google/control-client.ts";
import { place } from "./places.ts";

export interface Person {
  readonly email: string;
  readonly name: string;
}

export const admin: Person = { email: "admin@example.org", name: "Ada Admin" };

/** Presses "Sign in with Google" wherever that leads, and answers Google's pages as told. */
export async function signIn(page: Page, { email }: Person, { untick = false } = {}): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, email);
  await allowAtGoogle(page, { untick });
}

export async function chooseAtGoogle(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(email.replaceAll(".", "\\.")) }).click();
}

export async function allowAtGoogle(page: Page, { untick = false } = {}): Promise<void> {
  await page.getByRole("button", { name: "Allow" }).waitFor();
  if (untick) await page.getByRole("checkbox", { name: /Read your email messages/ }).uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
}

/** Signs in and waits for the inbox. Returns the account's id. */
export async function openInbox(page: Page, person: Person): Promise<string> {
  await signIn(page, person);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  return accountIdOf(page.url());
}

export const accountIdOf = (address: string): string =>
  new URL(address, place("latchkey")).pathname.split("/")[2] ?? "";

interface Start {
  readonly callbackUrl?: string;
  /** What the form says that the trip is for; the door's says nothing else than signing in. */
  readonly purpose?: "connect";
  readonly reconnect?: string;
  readonly prompt?: string;
}

/** Sends the sign-in form, and says where at Google that leads. The browser keeps its cookie. */
export async function startSignIn(
  context: BrowserContext,
  { callbackUrl = "/mail", purpose, reconnect, prompt }: Start = {},
): Promise<string> {
  const query = prompt ? `?prompt=${prompt}` : "";
  const answer = await context.request.post(`${place("latchkey")}/api/auth/signin/google${query}`, {
    form: { callbackUrl, ...(purpose ? { purpose } : {}), ...(reconnect ? { reconnect } : {}) },
    headers: { origin: place("latchkey") },
    maxRedirects: 0,
  });
  return answer.headers().location ?? "";
}

/** Where Google sends the browser back to, when this person answers its pages. */
export const answerAtGoogle = (authorizationUrl: string, answer: SignIn): Promise<string> =>
  signInHeadless(place("google"), authorizationUrl, answer);

/** As any page does that is opened first; the one that learns of it is drawn once more. */
export const tellZone = (context: BrowserContext): Promise<void> =>
  context.addCookies([{ name: "latchkey.zone", value: "Asia/Jakarta", url: place("latchkey") }]);

/** Disconnects the account from its card: the page that asks first is answered. */
export async function disconnect(page: Page, email: string): Promise<void> {
  await page.getByRole("region", { name: email }).getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("heading", { level: 1, name: `Disconnect ${email}?` }).waitFor();
  await page.getByRole("button", { name: "Disconnect and destroy" }).click();
}

/** Signs the browser in without showing it any page. Returns where it would be led. */
export async function enterTo(
  context: BrowserContext,
  { email }: Person,
  start: Start = {},
): Promise<string> {
  await tellZone(context);
  const callback = await answerAtGoogle(await startSignIn(context, start), { email });
  const answer = await context.request.get(callback, { maxRedirects: 0 });
  return answer.headers().location ?? "";
}

/** The same, for a person whose inbox opens. Returns the account's id. */
export const enter = async (context: BrowserContext, person: Person): Promise<string> =>
  accountIdOf(await enterTo(context, person));
