import { setImmediate as breathe } from "node:timers/promises";
import type { Mailbox } from "../mailbox/mailbox.ts";
import { type Condition, conditionOf, reachesSpamOrTrash, type Subject } from "../search/evaluate.ts";
import { BadQuery, parseQuery } from "../search/query.ts";
import { flag, type GmailContext } from "./context.ts";
import { ApiError, invalidArgument } from "./errors.ts";
import { positionOf } from "./page-token.ts";

export interface Selected {
  /** Message numbers, newest first. */
  found: number[];
  more: boolean;
  estimate: number;
  /** What identifies this list, so that a page token of another one is refused. */
  list: string;
}

/** One page of the messages that `q`, `labelIds`, `includeSpamTrash` and `pageToken` select. */
export async function selectMessages(
  context: GmailContext,
  of: "messages" | "threads",
  size: number,
  accept: (index: number) => boolean = () => true,
): Promise<Selected> {
  const { google, mailbox, query, metadataOnly } = context;
  const q = query.get("q") ?? "";
  const labelIds = query.getAll("labelIds").filter(Boolean);
  if (q !== "" && metadataOnly) {
    throw new ApiError(403, {
      reason: "forbidden",
      message: "Metadata scope does not support 'q' parameter",
    });
  }
  for (const id of labelIds) if (!mailbox.labels.has(id)) throw invalidArgument(`Invalid label: ${id}`);
  const search = q.trim() === "" ? null : searchOf(q, mailbox, google.clock.now());
  const hideSpamTrash =
    !flag(query, "includeSpamTrash") &&
    !labelIds.some((id) => id === "SPAM" || id === "TRASH") &&
    !search?.reachesSpamOrTrash;
  const list = JSON.stringify([of, q, [...labelIds].sort(), hideSpamTrash]);
  const sets = mailbox.labelSets.select(
    (worn) =>
      labelIds.every((id) => worn.has(id)) && !(hideSpamTrash && (worn.has("SPAM") || worn.has("TRASH"))),
  );
  const position = positionOf(google, list, query.get("pageToken"));
  const start = position ? placeBefore(mailbox, position) : mailbox.order.length - 1;
  const candidates = sets.reduce(
    (sum, chosen, set) => sum + (chosen ? (mailbox.labelSets.counts[set] ?? 0) : 0),
    0,
  );
  if (search) await mailbox.contents.readForSearch();
  const found: number[] = [];
  let tried = 0;
  for (let place = start; place >= 0; place -= 1) {
    const index = mailbox.order[place] ?? 0;
    if (!sets[mailbox.sets[index] ?? 0]) continue;
    tried += 1;
    if (search && tried % 1000 === 0) await breathe();
    if (!accept(index) || (search && !search.condition(subjectOf(mailbox, index)))) continue;
    if (found.length === size)
      return {
        found,
        more: true,
        estimate: estimated(candidates, found.length, tried, search !== null),
        list,
      };
    found.push(index);
  }
  const exact =
    position === null ? found.length : estimated(candidates, found.length, tried, search !== null);
  return { found, more: false, estimate: exact, list };
}

function searchOf(
  q: string,
  mailbox: Mailbox,
  nowMs: number,
): { condition: Condition; reachesSpamOrTrash: boolean } {
  try {
    const parsed = parseQuery(q);
    const labelNamed = (name: string) => {
      const plain = (text: string) => text.toLowerCase().replace(/[ /]/g, "-");
      for (const { id, name: own } of mailbox.labels.values()) {
        if (plain(own) === plain(name) || plain(id) === plain(name)) return id;
      }
      return null;
    };
    return {
      condition: conditionOf(parsed, { nowMs, labelNamed }),
      reachesSpamOrTrash: reachesSpamOrTrash(parsed),
    };
  } catch (error) {
    if (error instanceof BadQuery) throw invalidArgument(`Invalid query: ${error.message}`);
    throw error;
  }
}

/** Words and size are made only when a condition looks at them: label searches stay cheap. */
function subjectOf(mailbox: Mailbox, index: number): Subject {
  return {
    labelIds: new Set(mailbox.labelIdsOf(index)),
    dateMs: mailbox.dateOf(index),
    get words() {
      return mailbox.contents.searchable(index);
    },
    get sizeBytes() {
      return mailbox.contents.sizeHint(index);
    },
  };
}

/** The place in the order just older than a page token's position, even if that message is gone by now. */
function placeBefore(mailbox: Mailbox, position: { dateMs: number; index: number }): number {
  let [low, high] = [0, mailbox.order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const index = mailbox.order[middle] ?? 0;
    const date = mailbox.dateOf(index);
    if (date < position.dateMs) low = middle + 1;
    else high = middle;
  }
  while (low < mailbox.order.length && mailbox.dateOf(mailbox.order[low] ?? 0) === position.dateMs) {
    if (mailbox.order[low] === position.index) return low - 1;
    low += 1;
  }
  return low - 1;
}

/** Google's number is an estimate: right for short lists, a few percent off for long ones. */
function estimated(candidates: number, found: number, tried: number, searching: boolean): number {
  const likely = searching
    ? Math.max(found, Math.round((candidates * found) / Math.max(1, tried)))
    : candidates;
  return likely <= 500 ? likely : Math.round((likely * 1.03) / 7) * 7;
}
