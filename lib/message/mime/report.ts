/**
 * What a mail server or a mail program reports about a message, from the part of it that is made for machines.
 * @see https://www.rfc-editor.org/rfc/rfc3464 (delivery), https://www.rfc-editor.org/rfc/rfc3463 (status codes)
 * @see https://www.rfc-editor.org/rfc/rfc8098 (read receipts), https://www.rfc-editor.org/rfc/rfc5965 (complaints)
 */

import type {
  ComplaintType,
  DeliveryAction,
  DeliveryOutcome,
  ReceiptDisposition,
  Report,
} from "../../domain/report.ts";
import { headerDate } from "./headers.ts";
import { clipped, oneLine, printable } from "./visible-text.ts";

/** So much of it is read, and shown for whoever wants to see it. */
const readLimit = 20_000;
/** Of so many recipients it is said what became of their message. */
const recipientsLimit = 100;

type Fields = ReadonlyMap<string, string>;

/** Reads a report by the type of its part; null where it says nothing that is understood. */
export function readReport(mimeType: string, text: string): Report | null {
  const details = printable(text.slice(0, readLimit)).trim();
  const blocks = blocksOf(details);
  switch (mimeType) {
    case "message/delivery-status":
    case "message/global-delivery-status":
      return deliveryReport(blocks, details);
    case "message/disposition-notification":
    case "message/global-disposition-notification":
      return receipt(new Map(blocks.flatMap((block) => [...block])), details);
    case "message/feedback-report":
      return complaint(new Map(blocks.flatMap((block) => [...block])), details);
    default:
      return null;
  }
}

const fieldLine = /^([!-9;-~]{1,60})\s*:\s*(.*)$/u;

/** Stretches of fields: a blank line ends one, and so does a second recipient where some server forgot the line. */
function blocksOf(text: string): Fields[] {
  const blocks: Map<string, string>[] = [];
  let block = new Map<string, string>();
  const finish = () => {
    if (block.size > 0) blocks.push(block);
    block = new Map();
  };
  for (const line of text.replace(/\n[ \t]+(?=\S)/gu, " ").split("\n")) {
    const [, name = "", value = ""] = fieldLine.exec(line) ?? [];
    const key = name.toLowerCase();
    if (line.trim() === "" || (key === "final-recipient" && block.has(key))) finish();
    if (key !== "" && !block.has(key)) block.set(key, oneLine(value));
  }
  finish();
  return blocks;
}

/** "rfc822; x@example.org": what stands behind the type. */
function typedValue(field: string | undefined): string | null {
  const value = (field ?? "").replace(/^[\w.-]{1,40}\s*;\s*/u, "").replace(/^<(.*)>$/u, "$1");
  return clipped(value, 500) || null;
}

const actions = new Set<DeliveryAction>(["failed", "delayed", "delivered", "relayed", "expanded"]);
const statusCode = /\b[245]\.\d{1,3}\.\d{1,3}\b/u;

function deliveryReport(blocks: readonly Fields[], details: string): Report | null {
  const recipients = blocks.flatMap((fields) => outcomeOf(fields)).slice(0, recipientsLimit);
  return recipients.length === 0 ? null : { kind: "delivery", recipients, details };
}

function outcomeOf(fields: Fields): DeliveryOutcome[] {
  const recipient = typedValue(fields.get("final-recipient")) ?? typedValue(fields.get("original-recipient"));
  const action = (/^[a-z]+/iu.exec(fields.get("action") ?? "")?.[0] ?? "").toLowerCase() as DeliveryAction;
  if (recipient === null || !actions.has(action)) return [];
  const diagnostic = typedValue(fields.get("diagnostic-code"));
  const given = statusCode.exec(fields.get("status") ?? "")?.[0] ?? null;
  const said = statusCode.exec(diagnostic ?? "")?.[0] ?? null;
  // "5.0.0" says no more than that it failed; the other server may have said more.
  const status = given === null || /^\d\.0\.0$/u.test(given) ? (said ?? given) : given;
  const retry = fields.get("will-retry-until");
  const triedUntil = retry === undefined ? null : headerDate([{ name: "date", value: retry }]);
  return [{ recipient, action, status, diagnostic, triedUntil }];
}

const dispositions = new Set<ReceiptDisposition>([
  "displayed",
  "deleted",
  "dispatched",
  "processed",
  "denied",
  "failed",
]);

function receipt(fields: Fields, details: string): Report | null {
  const written = (fields.get("disposition") ?? "").toLowerCase();
  const disposition = (/;\s*([a-z]+)/u.exec(written)?.[1] ?? "") as ReceiptDisposition;
  if (!dispositions.has(disposition)) return null;
  const recipient = typedValue(fields.get("final-recipient")) ?? typedValue(fields.get("original-recipient"));
  return { kind: "receipt", recipient, disposition, details };
}

const complaints = new Set<ComplaintType>(["abuse", "fraud", "virus", "not-spam", "auth-failure", "other"]);

function complaint(fields: Fields, details: string): Report | null {
  const type = (fields.get("feedback-type") ?? "").toLowerCase() as ComplaintType;
  if (type === ("" as ComplaintType)) return null;
  return { kind: "complaint", about: complaints.has(type) ? type : "other", details };
}
