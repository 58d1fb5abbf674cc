import { randomUUID } from "node:crypto";
import { test as base, expect, type Page } from "@playwright/test";
import { type Control, controlOf } from "../dev/google/control-client.ts";
import { place } from "./places.ts";

export { expect };

export interface Person {
  readonly email: string;
  readonly name: string;
}

interface PersonOptions {
  readonly messages?: number;
  readonly correspondence?: "english" | "mixed" | "empty" | "office";
}

interface Fixtures {
  /** The local Google's controls. Faults are to be ordered for a person: others test at the same time. */
  readonly google: Control;
  /** A new person at Google, whom no other test knows. */
  readonly newPerson: (options?: PersonOptions) => Promise<Person>;
  /** What the page may complain about; everything else on its console fails the test. */
  readonly expectedComplaints: RegExp[];
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(place("latchkey")),
  google: async ({}, use) => use(controlOf(place("google"))),
  newPerson: async ({ google }, use) => {
    await use(async ({ messages = 0, correspondence = messages > 0 ? "english" : "empty" } = {}) => {
      const word = randomUUID().slice(0, 8);
      const person = { email: `p-${word}@example.org`, name: `Person ${word}` };
      await google.addPerson({ ...person, correspondence, messages });
      return person;
    });
  },
  expectedComplaints: async ({}, use) => use([]),
  page: async ({ page, expectedComplaints }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      const { url } = message.location();
      // The local Google's pages have tests of their own.
      if (message.type() !== "error" || url.startsWith(place("google"))) return;
      complaints.push(`${message.text()} (${url})`);
    });
    await use(page);
    const unexpected = complaints.filter((text) => !expectedComplaints.some((known) => known.test(text)));
    expect(unexpected, "errors on the page's console").toEqual([]);
  },
});

/** Presses "Sign in with Google" wherever that leads, and answers Google's pages as told. */
export async function signIn(page: Page, { email }: Person, { untick = false } = {}): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, email);
  await page.getByRole("button", { name: "Allow" }).waitFor();
  if (untick) await page.getByRole("checkbox", { name: /Read your email messages/ }).uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
}

export async function chooseAtGoogle(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(email.replaceAll(".", "\\.")) }).click();
}

/** Signs in and waits for the inbox. Returns the account's id. */
export async function openInbox(page: Page, person: Person): Promise<string> {
  await signIn(page, person);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  return accountIdOf(page);
}

export const accountIdOf = (page: Page): string => new URL(page.url()).pathname.split("/")[2] ?? "";
