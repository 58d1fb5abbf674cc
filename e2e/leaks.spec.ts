import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { defaultClient } from "../dev/google/options.ts";
import { expect, test, wordOf } from "./fixtures.ts";
import { frameOf, rowNamed } from "./mail-page.ts";
import { place } from "./places.ts";
import type { Store } from "./store.ts";

// One after the other: the second plants what the first must not find.
test.describe.configure({ mode: "default" });

/** What must not stand anywhere in clear. The local Google's tokens begin like Google's own. */
const tokens = [
  /1\/\/0[\w-]{40}/,
  /ya29\.[\w-]{40}/,
  /4\/0A[\w-]{30}/,
  /eyJhbGciOi[\w-]+\.eyJ[\w-]+\.[\w-]+/,
];

const wordsOf = (token: string) => ({
  subject: `Subject-${token}-canary`,
  text: `Text-${token}-canary`,
  html: `Markup-${token}-canary`,
  file: `File-${token}-canary`,
  sender: `sender-${token}-canary`,
});

/** Every cell of every table, as text; bytes also as hex and as the text that they may be. */
async function everyCell(store: Store): Promise<string> {
  const tables = await store.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(6);
  const cells: string[] = [];
  for (const { name } of tables) {
    for (const row of await store.query(`SELECT * FROM ${name}`)) {
      for (const value of Object.values(row)) {
        if (Buffer.isBuffer(value)) cells.push(value.toString("hex"), value.toString("latin1"));
        else cells.push(value instanceof Object ? JSON.stringify(value) : String(value));
      }
    }
  }
  return cells.join("\n");
}

/** PostgreSQL's own files, heap and write-ahead log, once everything is written out. */
async function everyPage(store: Store): Promise<string[]> {
  await store.query("CHECKPOINT");
  const [row] = await store.query<{ data_directory: string }>("SHOW data_directory");
  const directory = row?.data_directory ?? "";
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const pages: string[] = [];
  for (const file of files) {
    if (!file.isFile() || !/(^|\/)(base|pg_wal)(\/|$)/.test(file.parentPath)) continue;
    pages.push((await readFile(join(file.parentPath, file.name))).toString("latin1"));
  }
  expect(pages.length).toBeGreaterThan(100);
  return pages;
}

async function valuesThatAreSecret(context: BrowserContext): Promise<string[]> {
  const session = (await context.cookies()).find(({ name }) => name === "latchkey.session")?.value;
  expect(session).toBeTruthy();
  return [session ?? "", defaultClient.secret, place("nextAuthSecret"), place("tokenKey")];
}

/** In clear, in base64 of both alphabets at any of its three alignments, and in hex. */
function spellings(value: string): string[] {
  const shifted = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.from(`${"x".repeat(shift)}${value}`)
      .toString("base64")
      .replace(/=+$/, "");
    const inner = text.slice(shift === 0 ? 0 : 4, -4);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [value, Buffer.from(value).toString("hex"), ...shifted];
}

function findIn(haystacks: readonly string[], secrets: readonly string[]): string[] {
  const found: string[] = [];
  for (const haystack of haystacks) {
    for (const secret of secrets) {
      for (const spelling of spellings(secret)) if (haystack.includes(spelling)) found.push(spelling);
    }
    for (const token of tokens) {
      const match = token.exec(haystack);
      if (match) found.push(match[0]);
    }
  }
  return [...new Set(found)];
}

test("neither the database, nor its files, nor the log hold a token, a secret, a subject or a body in clear", async ({
  page,
  context,
  newPerson,
  google,
  store,
  newReader,
}, testInfo) => {
  test.setTimeout(300_000);
  const person = await newPerson({ messages: 60 });
  const words = wordsOf(wordOf(testInfo, "words"));
  const from = `${words.sender} <a@example.org>`;
  await google.deliver(person.email, { from, subject: words.subject, text: words.text });
  const marked = await google.deliver(person.email, {
    from,
    subject: `${words.subject} with markup`,
    html: `<p>${words.html}</p>`,
    attachments: [
      {
        filename: `${words.file}.txt`,
        mimeType: "text/plain",
        contentBase64: Buffer.from(words.file).toString("base64"),
      },
    ],
  });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  await rowNamed(page, new RegExp(words.subject)).last().click();
  await expect(page.getByText(words.text)).toBeVisible();
  await page.goto(`/mail/${accountId}/message/${marked.id}`);
  await expect(frameOf(page).getByText(words.html)).toBeVisible();
  for (const part of ["raw", "body"]) {
    expect((await context.request.get(`/mail/${accountId}/message/${marked.id}/${part}`)).status()).toBe(200);
  }
  const file = page.getByRole("region", { name: "Attachments" }).getByRole("link", { name: /^Download/ });
  expect((await context.request.get((await file.getAttribute("href")) ?? "")).status()).toBe(200);
  await page.goto(`/mail/${accountId}/all?q=${words.subject}`);
  await expect(rowNamed(page, new RegExp(words.subject)).first()).toBeVisible();
  // A refresh, a dead grant and a failed exchange, which are what a log likes to tell about.
  const search = `/mail/${accountId}/all?q=${words.subject}`;
  await google.expireAccessTokens(person.email);
  await page.goto(search);
  await expect(rowNamed(page, new RegExp(words.subject)).first()).toBeVisible();
  await google.fault({ kind: "5xx", target: "token", email: person.email });
  await google.expireAccessTokens(person.email);
  await page.goto(search);
  await expect(page.getByRole("alert").filter({ hasText: "Google is not answering" })).toBeVisible();
  await google.clearFaults(person.email);

  const secrets = [...Object.values(words), ...(await valuesThatAreSecret(context))];
  const log = await readFile(place("log"), "utf8");
  expect(log).toContain(accountId);
  expect(
    log
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith('{"level":')),
  ).toEqual([]);
  expect(log).toContain('"dropped":["DEBUG","NODE_DEBUG","NEXT_DEBUG","GOOGLE_SDK_NODE_LOGGING"]');
  expect(findIn([log], secrets), "in the log").toEqual([]);
  const cells = await everyCell(store);
  expect(cells).toContain(person.email);
  expect(findIn([cells], secrets), "in the tables").toEqual([]);
  const pages = await everyPage(store);
  expect(pages.some((text) => text.includes(person.email))).toBe(true);
  expect(findIn(pages, secrets), "in PostgreSQL's files").toEqual([]);
});

test("the search for leaks finds what does leak", async ({ store }, testInfo) => {
  const planted = `Planted-${wordOf(testInfo, "planted")}-canary`;
  const token = `1//0${"Planted_token-".repeat(5)}`;
  await store.query(`CREATE TABLE "Planted" (words text, bytes bytea, wrapped jsonb)`);
  try {
    await store.query(`INSERT INTO "Planted" VALUES ($1, $2, $3)`, [
      token,
      Buffer.from(planted),
      JSON.stringify({ inside: Buffer.from(`before ${planted} after`).toString("base64") }),
    ]);
    expect(findIn([await everyCell(store)], [planted]).length).toBeGreaterThanOrEqual(3);
    expect(findIn(await everyPage(store), [planted])).toContain(planted);
  } finally {
    await store.query(`DROP TABLE "Planted"`);
  }
});
