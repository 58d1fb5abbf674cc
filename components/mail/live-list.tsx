"use client";

import { ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { MailboxEvent } from "#lib/domain/copy-head.ts";
import { filledIn, type NewMailWords } from "#lib/i18n/client-words.ts";
import { isAtTop } from "./at-top.ts";
import { listenLive } from "./live-stream.ts";

interface Props {
  readonly accountId: string;
  /** The list that the page shows the beginning of; null for pages that new mail does not come into. */
  readonly listId: string | null;
  /** The copy's revision when the page was read. */
  readonly revision: number;
  readonly inTrouble: boolean;
  /** Messages whose places the page shows until they are here. */
  readonly awaits: readonly string[];
  /** Messages that Gmail names and does not give so far. */
  readonly withheld: readonly string[];
  /** Whether changes of the mailbox may change this page: what a search has found stays as it was found. */
  readonly follows: boolean;
  readonly words: NewMailWords;
}

/** Changes come in bursts: those within this many ms are drawn together. */
const togetherMs = 200;

/** What has come and is not shown yet: so many messages, or nobody knows how many. */
type Waiting = { readonly messages: number | null };

/**
 * Brings new mail and changed labels onto an open page: at once where that moves nothing that is being read, otherwise
 * when the reader says so.
 */
export function LiveList({
  accountId,
  listId,
  revision,
  inTrouble,
  awaits,
  withheld,
  follows,
  words,
}: Props) {
  const router = useRouter();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const known = useRef({ revision, inTrouble });
  const held = useRef(false);
  const missing = useRef({ awaits, withheld });
  useEffect(() => {
    missing.current = { awaits, withheld };
  }, [awaits, withheld]);
  useEffect(() => {
    // A page that was on its way while more came shows a part of what is known.
    const isAll = revision >= known.current.revision;
    known.current = { revision: Math.max(revision, known.current.revision), inTrouble };
    if (!isAll) return;
    held.current = false;
    setWaiting(null);
  }, [revision, inTrouble]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      clearTimeout(timer);
      timer = setTimeout(() => router.refresh(), togetherMs);
    };
    const onEvent = (event: MailboxEvent) => {
      // Rows come into places that are there already: nothing moves.
      if (hasCome(missing.current, event)) return refresh();
      if (!follows && (event.trouble !== false || !known.current.inTrouble)) return;
      const { revision: before, inTrouble: wasInTrouble } = known.current;
      const troubleMoved = event.trouble !== undefined && event.trouble !== wasInTrouble;
      const hasMoved = event.revision > before;
      // What a page is told when it begins to listen may be what it knows already.
      if (!hasMoved && !troubleMoved) return;
      known.current = {
        revision: Math.max(event.revision, before),
        inTrouble: event.trouble ?? wasInTrouble,
      };
      const come = hasMoved ? comeInto(listId, event) : 0;
      if (!isAtTop() && (come !== 0 || held.current)) {
        clearTimeout(timer);
        held.current = true;
        setWaiting((before) => add(before, come));
      } else refresh();
    };
    const end = listenLive(accountId, onEvent);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [accountId, listId, follows, router]);
  const apply = () => {
    window.scrollTo({ top: 0 });
    router.refresh();
  };
  return (
    <div role="status" className="pointer-events-none sticky top-16 z-10 -mb-8 flex h-8 justify-center">
      {waiting && (
        <button
          type="button"
          onClick={apply}
          className="pointer-events-auto flex h-8 items-center gap-1.5 rounded-full bg-ink px-3.5 text-sm font-medium text-paper hover:opacity-90"
        >
          <ArrowUp size={16} strokeWidth={1.5} aria-hidden />
          {waiting.messages === null ? words.show : countOf(words, waiting.messages)}
        </button>
      )}
    </div>
  );
}

function countOf({ locale, one, other }: NewMailWords, count: number): string {
  const isOne = new Intl.PluralRules(locale).select(count) === "one";
  return filledIn(isOne ? one : other, locale, { count });
}

/**
 * Whether some of what the page lacks may be here: told by name; or, of what it waits for, brought in by the filling or at a
 * time when nobody listened.
 */
function hasCome(
  { awaits, withheld }: Pick<Props, "awaits" | "withheld">,
  { arrived, filled }: MailboxEvent,
): boolean {
  if (awaits.length > 0 && (arrived === null || filled !== undefined)) return true;
  return (arrived ?? []).some((id) => awaits.includes(id) || withheld.includes(id));
}

/** How many messages have come into the list; null when nobody has counted them. */
function comeInto(listId: string | null, { added }: MailboxEvent): number | null {
  if (listId === null) return 0;
  return added === null ? null : (added[listId] ?? 0);
}

function add(before: Waiting | null, come: number | null): Waiting {
  if (come === null || before?.messages === null) return { messages: null };
  return { messages: (before?.messages ?? 0) + come };
}
