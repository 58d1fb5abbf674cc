/** How much JavaScript the inbox sends beyond what Next sends for an empty page. */
import { join } from "node:path";
import { freePort } from "#dev/database.ts";
import { startLatchkey } from "#dev/latchkey.ts";
import { startEmptyApp } from "./empty-app.ts";
import type { Finding } from "./measure.ts";
import { bytesOf, openBrowser, type Script, scriptsOf } from "./page-scripts.ts";
import { connectPerson } from "./person.ts";
import { directory, type Stage } from "./stage.ts";

export const scriptLimitBytes = 15_000;

export async function measureInboxScript(stage: Stage): Promise<Finding> {
  const empty = await loadEmptyPage();
  const inbox = await loadInbox(stage);
  const beyond = bytesOf(inbox) - bytesOf(empty);
  return {
    measures: [
      {
        name: "script of the inbox",
        what: `${inbox.length} scripts, ${kilobytes(bytesOf(inbox))} (gzip, as Chromium received them)`,
        against: `${empty.length} scripts, ${kilobytes(bytesOf(empty))} (Next's empty page)`,
        wanted: `at most ${kilobytes(scriptLimitBytes)} beyond`,
        measured: `${kilobytes(beyond)} beyond`,
        met: beyond <= scriptLimitBytes,
      },
    ],
    notes: [
      `Script: only the inbox has ${listOf(without(inbox, empty))}. Only the empty page has ${listOf(without(empty, inbox))}. Both have ${listOf(without(inbox, without(inbox, empty)))}.`,
    ],
  };
}

export async function loadEmptyPage(): Promise<readonly Script[]> {
  const empty = await startEmptyApp();
  const browser = await openBrowser();
  try {
    return await scriptsOf(browser, empty.url);
  } finally {
    await browser.close();
    await empty.stop();
  }
}

async function loadInbox(stage: Stage): Promise<readonly Script[]> {
  const person = await connectPerson(stage.google, 1_200);
  const env = stage.environmentFor(await freePort());
  const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
  const browser = await openBrowser();
  try {
    return await scriptsOf(browser, `${latchkey.url}/mail/${person.accountId}/inbox`, person);
  } finally {
    await browser.close();
    await latchkey.stop();
  }
}

/** In thousands of bytes. */
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

function without(scripts: readonly Script[], others: readonly Script[]): Script[] {
  const known = new Set(others.map(({ digest }) => digest));
  return scripts.filter(({ digest }) => !known.has(digest));
}

const listOf = (scripts: readonly Script[]): string =>
  scripts
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`)
    .join(", ") || "nothing";
