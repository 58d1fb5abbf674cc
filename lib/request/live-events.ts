import "server-only";
import { randomInt } from "node:crypto";
import type { MailboxEvent } from "../domain/copy-head.ts";
import type { AccountId } from "../domain/mail.ts";
import { instance } from "../telemetry/instance.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { listenToEnds, listenToMailbox } from "../use-cases/sync/mailbox-events.ts";
import { mailboxState } from "../use-cases/sync/mailbox-state.ts";
import { lookEveryMs, syncOpenPage } from "../use-cases/sync/sync-if-stale.ts";
import { type EventStream, eventStream } from "./events/event-stream.ts";
import { countStream } from "./events/open-streams.ts";

/**
 * How long a stream lasts, in ms. The browser connects again by itself, and goes on listening if it is still signed in.
 */
const longestMs = 10 * 60_000;

/** Last words of a stream: the page may not be shown any more; or another stream of this session has replaced it. */
const endedWords = "event: ended\ndata: {}\n\n";
const replacedWords = "event: replaced\ndata: {}\n\n";

/** Last words when this process ends: readers connect again, to another process, not all at once. */
const goElsewhere = () => `retry: ${randomInt(500, 3_000)}\n\n`;

function whenLeaving(until: AbortSignal, leave: () => void): void {
  const { signal } = instance().leaving;
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true, signal: until });
}

export interface Listening {
  readonly accountId: AccountId;
  readonly sessionId: string;
  /** Whether the session, the account and the right to be here still hold. */
  stillReads(): Promise<boolean>;
}

/**
 * What happens to the copy of a mailbox, as a stream of server-sent events. While it is open, the mailbox is looked at
 * every half a minute, and so is whether its reader may still read. It ends at once when that is told to be over.
 */
export function liveEvents(listening: Listening, leaving: AbortSignal): ReadableStream<Uint8Array> {
  return eventStream(leaving, (stream) => tellMailbox(listening, stream));
}

async function tellMailbox(
  { accountId, sessionId, stillReads }: Listening,
  stream: EventStream,
): Promise<void> {
  const tell = (event: MailboxEvent) => stream.send(`data: ${JSON.stringify(event)}\n\n`);
  const careful = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      log.warn(
        { event: "stream.update.failed", accountId, error: messageOf(error) },
        "an open page could not be told what its mailbox does",
      );
    }
  };
  const tellState = async () => {
    const state = await mailboxState(accountId);
    if (state) tell(state);
  };
  const look = async () => {
    if (!(await stillReads())) return stream.end(endedWords);
    stream.send(": still here\n\n");
    await syncOpenPage(accountId);
  };
  const whenEnded = ({ ended }: { readonly ended: AbortSignal }, giveUp: () => void) =>
    ended.addEventListener("abort", giveUp, { once: true });

  whenLeaving(stream.ended, () => stream.end(goElsewhere()));
  countStream(sessionId, stream.ended, () => stream.end(replacedWords));
  whenEnded(
    stream,
    listenToMailbox(accountId, (event) => (event ? tell(event) : void careful(tellState))),
  );
  whenEnded(
    stream,
    listenToEnds((ended) => {
      const isMine =
        "sessionIds" in ended ? ended.sessionIds.includes(sessionId) : ended.accountId === accountId;
      if (isMine) stream.end(endedWords);
    }),
  );
  const looking = setInterval(() => void careful(look), lookEveryMs);
  const longest = setTimeout(() => stream.end(), longestMs);
  whenEnded(stream, () => {
    clearInterval(looking);
    clearTimeout(longest);
  });
  stream.send("retry: 3000\n\n");
  await careful(tellState);
  await careful(look);
}
