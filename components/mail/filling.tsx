"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { FillingProgress } from "#lib/domain/copy-head.ts";
import type { FillingWords } from "#lib/i18n/client-words.ts";
import { filledIn } from "#lib/i18n/client-words.ts";
import { isAtTop } from "./at-top.ts";
import { listenLive } from "./live-stream.ts";

interface Props {
  readonly accountId: string;
  readonly state: FillingProgress;
  readonly words: FillingWords;
}

/** How much of the mailbox has been brought in; nothing once all of it is there. */
export function Filling({ accountId, state, words }: Props) {
  const [now, setNow] = useState(state);
  useEffect(() => setNow(state), [state]);
  useEffect(() => listenLive(accountId, ({ filled }) => filled && setNow(filled)), [accountId]);
  const router = useRouter();
  const isNews = now.done && !state.done;
  useEffect(() => {
    // What the page says of "about" so many messages can be counted now.
    if (isNews && isAtTop()) router.refresh();
  }, [isNews, router]);
  if (now.done) return null;
  const total = Math.max(now.estimatedTotal, now.messages);
  return (
    <div className="mt-auto px-2 pt-3 text-xs text-ink-3">
      <p id="filling">{words.title}</p>
      <div
        role="progressbar"
        aria-labelledby="filling"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={now.messages}
        className="my-1.5 h-[3px] bg-line"
      >
        <div
          className="h-full bg-brass-mark"
          style={{ width: `${total === 0 ? 0 : Math.round((100 * now.messages) / total)}%` }}
        />
      </div>
      <p className="tabular-nums">
        {filledIn(words.filled, words.locale, { messages: now.messages, total })}
      </p>
    </div>
  );
}
