import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Control } from "../dev/google/control-client.ts";
import { attacks, watch } from "./attacks.ts";
import { expect, type NewReader, test } from "./fixtures.ts";
import type { Person } from "./sign-in.ts";

/** What is left of a mail's markup, as a browser that runs nothing parses it. */
async function leftOf(judge: Page, markup: string): Promise<string[]> {
  return judge.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "text/html");
    const found: string[] = [];
    // The head is ours: nothing of a mail gets there.
    for (const element of [parsed.body, ...parsed.body.querySelectorAll("*")]) {
      const tag = element.localName;
      if (/^(script|iframe|object|embed|form|base|svg|math|link|video|audio|input|button)$/.test(tag))
        found.push(tag);
      if (tag === "meta" && element.hasAttribute("http-equiv")) found.push("meta http-equiv");
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) found.push(`${tag} ${name}`);
        if (/^\s*(javascript|vbscript):/i.test(value)) found.push(`${tag} ${name}=${value}`);
        if (/^(src|srcset|poster|background|data)$/.test(name) && !/^(data:image\/|\/(?!\/))/.test(value))
          found.push(`${tag} ${name}=${value}`);
        if (name === "style" && /url\s*\(|expression|@import/i.test(value))
          found.push(`${tag} style=${value}`);
      }
    }
    return found;
  }, markup);
}

async function blankPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

async function deliverEach(google: Control, { email }: Person, bodies: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const html of bodies) {
    // The body alone, as a mail program would send it; no text beside it to fall back to.
    const source = `From: x@evil.example\r\nSubject: Hostile\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html).toString("base64")}\r\n`;
    ids.push((await google.deliverRfc822(email, source)).id);
  }
  return ids;
}

interface Bodies {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly browser: Browser;
  readonly google: Control;
  readonly person: Person;
  readonly newReader: NewReader;
  readonly bodies: readonly string[];
}

/** Opens each body as the browser's whole page, where only the sanitizer and the answer's policy stand in its way. */
async function expectHarmless({
  context,
  page,
  browser,
  google,
  person,
  newReader,
  bodies,
}: Bodies): Promise<void> {
  const ids = await deliverEach(google, person, bodies);
  const { accountId } = await newReader({ person });
  const seen = watch(context);
  const judge = await blankPage(browser);
  for (const [index, id] of ids.entries()) {
    const path = `/mail/${accountId}/message/${id}/body`;
    // A mail of which nothing is left has no body to show, and its page says so.
    if ((await context.request.get(path)).status() === 404) {
      const shown = await context.request.get(path.replace(/\/body$/, ""));
      expect(await shown.text(), bodies[index]).toContain("This message has no text.");
      continue;
    }
    const answer = await page.goto(path);
    expect(answer?.status(), bodies[index]).toBe(200);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/sandbox(?!.*allow-scripts)/);
    expect(await leftOf(judge, (await answer?.text()) ?? ""), bodies[index]).toEqual([]);
    expect(new URL(page.url()).pathname, bodies[index]).toBe(path);
    expect(seen, bodies[index]).toEqual([]);
  }
  await judge.context().close();
}

test.use({ expectedComplaints: /Blocked script execution|status of 404/ });
// One page load for each of some dozens of bodies.
test.describe.configure({ timeout: 300_000 });

test("no hostile body runs, loads, sends or leads anywhere", async ({
  context,
  page,
  browser,
  google,
  newPerson,
  newReader,
}) => {
  await expectHarmless({
    context,
    page,
    browser,
    google,
    person: await newPerson(),
    newReader,
    bodies: attacks,
  });
});

test("on the message's page a hostile body stays in its frame", async ({
  context,
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const html = `<p>Dear friend</p><a href="https://evil.example/">out</a>${attacks.join("\n")}`;
  const [id] = await deliverEach(google, person, [html]);
  const { accountId } = await newReader({ person });
  const seen = watch(context);
  const body = page.waitForResponse((response) => response.url().endsWith("/body"));
  await page.goto(`/mail/${accountId}/message/${id}`);
  const policy = (await (await body).allHeaders())["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'none'");
  expect(policy).toMatch(/frame-ancestors 'self'/);
  const frame = page.getByTitle("Message body");
  const sandbox = (await frame.getAttribute("sandbox")) ?? "allow-scripts";
  expect(sandbox.split(" ")).not.toContain("allow-scripts");
  expect(sandbox.split(" ")).not.toContain("allow-top-navigation");
  expect(sandbox.split(" ")).not.toContain("allow-forms");
  const link = frame.contentFrame().getByRole("link", { name: "out", exact: true }).first();
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(page).toHaveURL(new RegExp(`/message/${id}$`));
  expect(seen).toEqual([]);
});

test("nobody else may show a mail's body or a page in a frame", async ({
  context,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const [id] = await deliverEach(google, person, ["<p>Hi</p>"]);
  const { accountId } = await newReader({ person });
  const page = await context.request.get(`/mail/${accountId}/message/${id}`);
  expect(page.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  const body = await context.request.get(`/mail/${accountId}/message/${id}/body`);
  expect(body.headers()["content-security-policy"]).toContain("frame-ancestors 'self'");
  expect(body.headers()["cache-control"]).toContain("no-store");
});

test("hostile words in a subject, a sender and a file's name are words", async ({
  context,
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const script = "<img src=x onerror=alert(1)>";
  const { id } = await google.deliver(person.email, {
    from: `"${script}" <x@evil.example>`,
    subject: script,
    text: `${script} javascript:alert(1) data:text/html,x`,
    attachments: [{ filename: `${script}.txt`, mimeType: "text/plain", contentBase64: "eA==" }],
  });
  const { accountId } = await newReader({ person });
  const seen = watch(context);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("list", { name: "Messages" }).getByText(script).first()).toBeVisible();
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: script })).toBeVisible();
  await expect(page.getByRole("article").locator("a[href^='javascript'], a[href^='data']")).toHaveCount(0);
  expect(seen).toEqual([]);
});

const corpus = process.env.LATCHKEY_CORPUS;

// The corpus does not travel with the repository, and takes minutes in a browser: it belongs to the long run. Every run that
// names it puts it through the sanitizer (lib/message), and every run the attacks above through the browser.
if (process.env.LATCHKEY_LONG && corpus) {
  const vectors = JSON.parse(readFileSync(join(corpus, "xss.json"), "utf8")) as {
    id: string;
    html: string;
  }[];
  const share = 48;
  for (let start = 0; start < vectors.length; start += share) {
    const some = vectors.slice(start, start + share);
    test(`the corpus's vectors ${some[0]?.id} to ${some.at(-1)?.id} run and load nothing`, async ({
      context,
      page,
      browser,
      google,
      newPerson,
      newReader,
    }) => {
      const bodies = some.map(({ html }) => html);
      await expectHarmless({ context, page, browser, google, person: await newPerson(), newReader, bodies });
    });
  }
} else {
  test.skip("the corpus's vectors run and load nothing (in the long run, and named: set LATCHKEY_CORPUS)", () => {});
}
