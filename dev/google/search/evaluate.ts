import type { Searchable } from "../mailbox/content.ts";
import { BadQuery, type Query } from "./query.ts";

/** A message as the search sees it; `words` are read only when a condition asks for them. */
export interface Subject {
  labelIds: ReadonlySet<string>;
  dateMs: number;
  words: Searchable;
  sizeBytes: number;
}

export type Condition = (subject: Subject) => boolean;

export interface SearchScope {
  nowMs: number;
  /** The label of this name (as Gmail compares them: lower case, spaces and slashes as hyphens), or null. */
  labelNamed(name: string): string | null;
}

/** Turn a query into a condition. Throws `BadQuery` for unreadable values. */
export function conditionOf(query: Query, scope: SearchScope): Condition {
  if (query.kind === "words") return wordsCondition(query.value);
  if (query.kind === "operator") return operatorCondition(query.name, query.value, scope);
  if (query.kind === "not") {
    const inner = conditionOf(query.of, scope);
    return (subject) => !inner(subject);
  }
  const inner = query.of.map((one) => conditionOf(one, scope));
  if (query.kind === "or") return (subject) => inner.some((condition) => condition(subject));
  return (subject) => inner.every((condition) => condition(subject));
}

/** Whether a query itself speaks of spam or the bin, which are otherwise left out. */
export function reachesSpamOrTrash(query: Query): boolean {
  if (query.kind === "words") return false;
  if (query.kind === "not") return reachesSpamOrTrash(query.of);
  if (query.kind !== "operator") return query.of.some(reachesSpamOrTrash);
  return /^(in|label|is)$/.test(query.name) && /^(spam|trash|bin|anywhere)$/i.test(query.value);
}

function wordsCondition(value: string): Condition {
  const wanted = value.toLowerCase();
  return ({ words }) =>
    words.subject.includes(wanted) ||
    words.text.includes(wanted) ||
    words.from.includes(wanted) ||
    words.to.includes(wanted) ||
    words.cc.includes(wanted) ||
    words.filenames.some((name) => name.includes(wanted));
}

function operatorCondition(name: string, value: string, scope: SearchScope): Condition {
  const wanted = value.toLowerCase();
  switch (name) {
    case "from":
      return ({ words }) => words.from.includes(wanted);
    case "to":
      return ({ words }) => words.to.includes(wanted) || words.cc.includes(wanted);
    case "cc":
      return ({ words }) => words.cc.includes(wanted);
    case "bcc":
      return () => false;
    case "subject":
      return ({ words }) => words.subject.includes(wanted);
    case "filename":
      return ({ words }) => words.filenames.some((filename) => filename.includes(wanted));
    case "list":
      return ({ words }) => words.listId.includes(wanted);
    case "rfc822msgid":
      return ({ words }) => words.messageId.toLowerCase() === wanted.replace(/^<|>$/g, "");
    case "has":
      return hasCondition(wanted);
    case "is":
      return isCondition(wanted);
    case "in":
      return inCondition(wanted, scope);
    case "label":
      return labelCondition(wanted, scope);
    case "category":
      return wears(`CATEGORY_${wanted === "primary" ? "PERSONAL" : wanted.toUpperCase()}`);
    case "after":
    case "newer": {
      const fromMs = momentOf(value);
      return ({ dateMs }) => dateMs >= fromMs;
    }
    case "before":
    case "older": {
      const untilMs = momentOf(value);
      return ({ dateMs }) => dateMs < untilMs;
    }
    case "newer_than": {
      const fromMs = scope.nowMs - ageOf(wanted);
      return ({ dateMs }) => dateMs >= fromMs;
    }
    case "older_than": {
      const untilMs = scope.nowMs - ageOf(wanted);
      return ({ dateMs }) => dateMs < untilMs;
    }
    case "larger":
    case "size": {
      const bytes = bytesOf(wanted);
      return ({ sizeBytes }) => sizeBytes > bytes;
    }
    case "smaller": {
      const bytes = bytesOf(wanted);
      return ({ sizeBytes }) => sizeBytes < bytes;
    }
    default:
      return wordsCondition(`${name}:${value}`);
  }
}

function wears(labelId: string): Condition {
  return ({ labelIds }) => labelIds.has(labelId);
}

function hasCondition(wanted: string): Condition {
  if (wanted === "attachment") return ({ words }) => words.filenames.length > 0;
  if (wanted === "userlabels") return ({ labelIds }) => [...labelIds].some((id) => id.startsWith("Label_"));
  if (wanted === "nouserlabels")
    return ({ labelIds }) => ![...labelIds].some((id) => id.startsWith("Label_"));
  throw new BadQuery(`unknown has:${wanted}`);
}

function isCondition(wanted: string): Condition {
  if (wanted === "read") return ({ labelIds }) => !labelIds.has("UNREAD");
  if (["unread", "starred", "important"].includes(wanted)) return wears(wanted.toUpperCase());
  throw new BadQuery(`unknown is:${wanted}`);
}

function inCondition(wanted: string, scope: SearchScope): Condition {
  if (wanted === "anywhere") return () => true;
  if (wanted === "archive") {
    return ({ labelIds }) => !["INBOX", "SENT", "DRAFT", "SPAM", "TRASH"].some((id) => labelIds.has(id));
  }
  return labelCondition(wanted, scope);
}

const systemNames: Record<string, string> = { drafts: "DRAFT", bin: "TRASH" };

function labelCondition(wanted: string, scope: SearchScope): Condition {
  const id = scope.labelNamed(systemNames[wanted] ?? wanted);
  return id === null ? () => false : wears(id);
}

/** `2026/11/21`, `11/21/2026` or epoch seconds, in ms. */
function momentOf(value: string): number {
  if (/^\d{9,11}$/.test(value)) return Number(value) * 1000;
  const yearFirst = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value);
  const monthFirst = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(value);
  const [year, month, day] = yearFirst
    ? yearFirst.slice(1)
    : monthFirst
      ? [monthFirst[3], monthFirst[1], monthFirst[2]]
      : [];
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (Number.isNaN(ms) || Number(month) > 12 || Number(day) > 31) throw new BadQuery(`not a date: ${value}`);
  return ms;
}

function ageOf(value: string): number {
  const match = /^(\d+)([hdmy])$/.exec(value);
  if (!match) throw new BadQuery(`not an age: ${value}`);
  const hours = { h: 1, d: 24, m: 24 * 30, y: 24 * 365 }[match[2] as "h" | "d" | "m" | "y"];
  return Number(match[1]) * hours * 3600 * 1000;
}

function bytesOf(value: string): number {
  const match = /^(\d+)([km]?)b?$/.exec(value);
  if (!match) throw new BadQuery(`not a size: ${value}`);
  return Number(match[1]) * ({ k: 1024, m: 1024 * 1024 }[match[2] as "k" | "m"] ?? 1);
}
