/** What stands on the mail pages, by the names that people who listen to them hear. */
import type { Locator, Page } from "@playwright/test";

export const rowsOf = (page: Page): Locator => page.getByRole("list", { name: "Messages" }).getByRole("link");

export const olderOf = (page: Page): Locator => page.getByRole("link", { name: "Older", exact: true });
export const newerOf = (page: Page): Locator => page.getByRole("link", { name: "Newer", exact: true });

export const rowNamed = (page: Page, subject: string | RegExp): Locator =>
  page.getByRole("list", { name: "Messages" }).getByRole("link", { name: subject });

/** Opens the message of a row. Returns its subject, as its own page has it. */
export async function openMessage(page: Page, row: Locator): Promise<string> {
  await row.click();
  // The list's page has a heading, too.
  await page.waitForURL(/\/message\//);
  return (await page.getByRole("article").getByRole("heading", { level: 1 }).textContent()) ?? "";
}

export const openFirst = (page: Page): Promise<string> => openMessage(page, rowsOf(page).first());

/** The ids of the messages in the list, from the top. */
export async function idsInList(page: Page): Promise<string[]> {
  const addresses = await rowsOf(page).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  return addresses.map(
    (address) => new URL(address ?? "", "http://latchkey").pathname.split("/").at(-1) ?? "",
  );
}

export const searchFor = async (page: Page, query: string): Promise<void> => {
  await page.getByRole("searchbox", { name: "Search mail" }).fill(query);
  await page.getByRole("searchbox", { name: "Search mail" }).press("Enter");
};

export const frameOf = (page: Page) => page.frameLocator("iframe[title='Message body']");
