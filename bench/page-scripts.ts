/** What script a page makes a browser fetch. */
import { createHash } from "node:crypto";
import { type Browser, chromium } from "playwright";
import { findChromium } from "#dev/chromium.mjs";
import type { ConnectedPerson } from "./person.ts";

export interface Script {
  readonly name: string;
  /** Bytes of the body as they came over the wire. */
  readonly bytes: number;
  /** Equal for scripts of equal text, whatever their name. */
  readonly digest: string;
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

/** Every script of a first visit, until the network is quiet. @throws Error when one came uncompressed */
export async function scriptsOf(
  browser: Browser,
  url: string,
  person?: ConnectedPerson,
): Promise<readonly Script[]> {
  const context = await browser.newContext({ timezoneId: "UTC" });
  try {
    // Of the whole server: a cookie of this page alone would be unknown to what it asks.
    const { origin } = new URL(url);
    if (person) await context.addCookies(person.cookies.map((cookie) => ({ ...cookie, url: origin })));
    const page = await context.newPage();
    const scripts: Promise<Script>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() !== "script") return;
      scripts.push(
        (async () => {
          const answer = await request.response();
          const name = new URL(request.url()).pathname.split("/").at(-1) ?? "";
          const encoding = await answer?.headerValue("content-encoding");
          if (!answer || encoding !== "gzip") throw new Error(`${name} came as ${encoding ?? "plain text"}.`);
          const digest = createHash("sha256")
            .update(await answer.body())
            .digest("hex");
          return { name, bytes: (await request.sizes()).responseBodySize, digest };
        })(),
      );
    });
    const answer = await page.goto(url, { waitUntil: "networkidle" });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}.`);
    return await Promise.all(scripts);
  } finally {
    await context.close();
  }
}

export const bytesOf = (scripts: readonly Script[]): number =>
  scripts.reduce((sum, { bytes }) => sum + bytes, 0);
