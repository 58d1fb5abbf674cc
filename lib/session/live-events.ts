import "server-only";
import type { AccountId } from "../domain/mail.ts";
import type { MailboxEvent } from "../domain/mirror.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { keepInStep, lookEveryMs } from "../use-cases/keep-fresh.ts";
import { listenToMailbox } from "../use-cases/mailbox-events.ts";
import { mailboxState } from "../use-cases/mailbox-state.ts";

/** The browser connects again by itself; whoever is still signed in then goes on listening. */
const longestMs = 10 * 60_000;

/**
 * What happens to the copy of a mailbox, as a stream of server-sent events. While it is open, the mailbox is looked at
 * every half a minute.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function liveEvents(accountId: AccountId, leaving: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const end = AbortSignal.any([leaving, AbortSignal.timeout(longestMs)]);
  const stop: { now: () => void } = { now: () => {} };
  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => {
        if (!end.aborted) controller.enqueue(encoder.encode(text));
      };
      const tell = (event: MailboxEvent) => send(`data: ${JSON.stringify(event)}\n\n`);
      const tellState = async () => {
        const state = await mailboxState(accountId);
        if (state) tell(state);
      };
      const look = async () => {
        try {
          send(": still here\n\n");
          await keepInStep(accountId);
        } catch (error) {
          log.warn({ accountId, error: messageOf(error) }, "an open page could not look for new mail");
        }
      };
      const unlisten = listenToMailbox(accountId, (event) => {
        if (event) tell(event);
        else tellState().catch((error) => controller.error(error));
      });
      const timer = setInterval(() => void look(), lookEveryMs);
      stop.now = () => {
        unlisten();
        clearInterval(timer);
      };
      end.addEventListener("abort", () => {
        stop.now();
        // The reader may have gone first, and taken the stream with it.
        if (!leaving.aborted) controller.close();
      });
      send("retry: 3000\n\n");
      await tellState();
      await look();
    },
    cancel() {
      stop.now();
    },
  });
}
