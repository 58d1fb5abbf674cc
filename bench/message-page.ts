/** A message's page: what script it sends, and how long a click on a row takes until the text is there. */
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { freePort } from "#dev/database.ts";
import { startLatchkey } from "#dev/latchkey.ts";
import { connectFilled } from "./filled-person.ts";
import { kilobytes, loadEmptyPage, scriptLimitBytes } from "./inbox-script.ts";
import type { Finding, Measure } from "./measure.ts";
import { percentile } from "./median.ts";
import { bytesOf, openBrowser, scriptsOf } from "./page-scripts.ts";
import type { ConnectedPerson } from "./person.ts";
import { directory, type Stage } from "./stage.ts";

const mailboxSize = 1_200;
const clicks = 50;
/** Rows that are clicked in turn; each was opened before, so that its text is kept. */
const rows = 10;

export async function measureMessagePage(stage: Stage): Promise<Finding> {
  const person = await connectFilled(stage, mailboxSize);
  const env = { ...stage.environmentFor(await freePort()), WORKER_CONCURRENCY: "0" };
  const empty = await loadEmptyPage();
  const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
  const browser = await openBrowser();
  try {
    const page = await openInbox(browser, latchkey.url, person);
    const path = await page.locator("[data-row]").first().getAttribute("href");
    for (let row = 0; row < rows; row += 1) await timeClick(page, row);
    const tookMs: number[] = [];
    for (let click = 0; click < clicks; click += 1) tookMs.push(await timeClick(page, click % rows));
    const scripts = await scriptsOf(browser, `${latchkey.url}${path}`, person);
    const beyond = bytesOf(scripts) - bytesOf(empty);
    return { measures: [script(beyond), click(tookMs)], notes: [] };
  } finally {
    await browser.close();
    await latchkey.stop();
  }
}

async function openInbox(browser: Browser, url: string, { accountId, cookies }: ConnectedPerson) {
  const context = await browser.newContext({ timezoneId: "UTC", viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url })));
  const page = await context.newPage();
  await page.goto(`${url}/mail/${accountId}/inbox`, { waitUntil: "networkidle" });
  return page;
}

/** Milliseconds from the click to the frame in which the text is there; back at the list when it returns. */
async function timeClick(page: Page, row: number): Promise<number> {
  const ms = await page.evaluate(async (index) => {
    const isShown = () => {
      const article = document.querySelector("article");
      if (article?.querySelector("p.whitespace-pre-wrap")) return true;
      return Boolean(article?.querySelector("iframe")?.contentDocument?.body?.textContent?.trim());
    };
    const startedMs = performance.now();
    document.querySelectorAll<HTMLElement>("[data-row]")[index]?.click();
    while (!isShown()) await new Promise(requestAnimationFrame);
    return performance.now() - startedMs;
  }, row);
  await page.goBack();
  await page.locator("[data-row]").nth(row).waitFor();
  return ms;
}

const script = (beyond: number): Measure => ({
  name: "message: script",
  what: "scripts of a message's page (gzip, as Chromium received them)",
  against: "Next's empty page",
  wanted: `at most ${kilobytes(scriptLimitBytes)} beyond`,
  measured: `${kilobytes(beyond)} beyond`,
  met: beyond <= scriptLimitBytes,
});

function click(tookMs: readonly number[]): Measure {
  const [p50, p95] = [percentile(tookMs, 0.5), percentile(tookMs, 0.95)];
  return {
    name: "message: click",
    what: `a click on a row to its text, in Chromium, ${tookMs.length} clicks, texts kept`,
    against: "–",
    wanted: "p50 at most 60 ms, p95 at most 120 ms",
    measured: `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
    met: p50 <= 60 && p95 <= 120,
  };
}
