/** One person's first page, read in each way, with what each way asked of Google. */
import { database } from "#lib/db/client.ts";
import { mailListOf } from "#lib/domain/mail-list.ts";
import { forgetMailbox } from "#lib/mailbox/forget-mailbox.ts";
import { requestCopy } from "#lib/request/read-once.ts";
import { readMessagePage } from "#lib/use-cases/lists/read-message-page.ts";
import { readFirstPage } from "./guide-way.ts";
import { readInboxPage } from "./inbox-page.ts";
import { type ConnectedPerson, connectPerson } from "./person.ts";
import type { Stage } from "./stage.ts";
import { connectionsOf, depthOf, type WireCall } from "./wire-log.ts";

export const pageSize = 50;
export const mailboxSize = 1_200;

export interface Reading {
  readonly ms: number;
  readonly calls: number;
  /** Round trips one after another. */
  readonly depth: number;
  readonly connections: number;
  readonly refreshes: number;
  readonly units: number;
}

export interface HtmlReading extends Reading {
  readonly rowsMs: number;
  /** Round trips one after another until the fiftieth row had arrived. */
  readonly depthToRows: number;
}

export interface Round {
  readonly guide: Reading;
  readonly useCase: Reading;
  readonly html: HtmlReading;
}

/** The same fifty messages three times; a way that shows others, or fewer, ends the bench. */
export async function playRound(stage: Stage, latchkeyUrl: string): Promise<Round> {
  const person = await connectPerson(stage.google, mailboxSize);
  const guide = await observe(stage, () => readByGuide(stage, person));
  const useCase = await observe(stage, () => readByUseCase(person));
  await forgetCopy(person);
  const html = await observe(stage, () => readInboxPage(latchkeyUrl, person, pageSize));
  if (String(useCase.result.ids) !== String(guide.result.ids))
    throw new Error("The use case read other rows.");
  // Parts of a streamed page arrive in any order, and the browser puts them in place.
  const arrived = new Set(html.result.ids);
  const missing = guide.result.ids.filter((id) => !arrived.has(id));
  if (missing.length > 0) throw new Error(`The page over HTTP lacks ${missing.length} rows.`);
  const { rowsMs } = html.result;
  const untilRows = html.calls.filter(({ endMs }) => endMs < html.startedMs + rowsMs);
  return {
    guide: guide.reading,
    useCase: useCase.reading,
    html: { ...html.reading, ms: html.result.lastByteMs, rowsMs, depthToRows: depthOf(untilRows) },
  };
}

/** What one way has brought in is not to be at hand for the next. */
const forgetCopy = ({ accountId }: ConnectedPerson): Promise<void> =>
  database().$transaction((tx) => forgetMailbox(tx, accountId));

/** The use case alone, for another person, with whatever line to Google there is now. */
export async function playUseCase(stage: Stage): Promise<Reading> {
  const person = await connectPerson(stage.google, mailboxSize);
  return (await observe(stage, () => readByUseCase(person))).reading;
}

interface Observed<Result> {
  readonly result: Result;
  readonly startedMs: number;
  readonly calls: readonly WireCall[];
  readonly reading: Reading;
}

async function observe<Result>(stage: Stage, read: () => Promise<Result>): Promise<Observed<Result>> {
  await stage.google.resetCounters();
  await stage.takeWireCalls();
  const from = performance.now();
  const result = await read();
  const ms = performance.now() - from;
  const calls = await stage.takeWireCalls();
  const { quotaUnits, calls: counted } = await stage.google.counters();
  const reading = {
    ms,
    calls: calls.length,
    depth: depthOf(calls),
    connections: connectionsOf(calls),
    refreshes: counted["token.refresh_token"] ?? 0,
    units: quotaUnits,
  };
  return { result, startedMs: performance.timeOrigin + from, calls, reading };
}

async function readByGuide(stage: Stage, { accessToken }: ConnectedPerson) {
  const rows = await readFirstPage({ rootUrl: `${stage.google.url}/`, accessToken, count: pageSize });
  return { ids: rows.map(({ id }) => id) };
}

async function readByUseCase({ accountId }: ConnectedPerson) {
  const list = mailListOf("inbox");
  if (!list) throw new Error("There is no inbox.");
  const outcome = await readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" });
  if (!outcome.ok) throw new Error(`The page could not be read: ${JSON.stringify(outcome.trouble)}.`);
  return { ids: outcome.page.rows.flatMap((row) => (row.kind === "message" ? row.message.id : [])) };
}
