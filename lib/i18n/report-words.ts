import type { DeliveryOutcome, Report } from "../domain/report.ts";
import { longDate } from "./dates.ts";
import type { Words } from "./words.ts";

/** What a report says, in sentences. Times are told in `zone`. */
export function reportWords(t: Words, report: Report, zone: string): string[] {
  switch (report.kind) {
    case "delivery":
      return report.recipients.flatMap((outcome) => outcomeWords(t, outcome, zone));
    case "receipt": {
      const recipient = report.recipient ?? t("bodies.report.someone");
      return [
        report.disposition === "failed"
          ? t("bodies.report.receiptFailed", { recipient })
          : t(`bodies.report.${report.disposition}`, { recipient }),
      ];
    }
    case "complaint":
      return [t(`bodies.report.complaint.${report.about}`)];
    default:
      return report satisfies never;
  }
}

function outcomeWords(t: Words, outcome: DeliveryOutcome, zone: string): string[] {
  const { recipient, action, diagnostic, triedUntil } = outcome;
  if (action !== "failed" && action !== "delayed") return [t(`bodies.report.${action}`, { recipient })];
  const sentence = t(`bodies.report.${action}`, { recipient, reason: reasonWords(t, outcome) });
  const until =
    action === "delayed" && triedUntil !== null
      ? t("bodies.report.triedUntil", { date: longDate(t, triedUntil, zone) })
      : "";
  const said = diagnostic === null ? "" : t("bodies.report.said", { words: diagnostic });
  return [[sentence, until].filter(Boolean).join(" "), said].filter(Boolean);
}

const reasons = {
  "1.0": "no-mailbox",
  "1.1": "no-mailbox",
  "1.2": "no-domain",
  "1.3": "no-mailbox",
  "1.4": "no-mailbox",
  "1.6": "moved",
  "1.7": "bad-sender",
  "1.8": "bad-sender",
  "1.10": "no-domain",
  "2.0": "disabled",
  "2.1": "disabled",
  "2.2": "full",
  "2.3": "too-large",
  "2.4": "list",
  "3.1": "system-full",
  "3.4": "too-large",
  "4.1": "no-answer",
  "4.2": "no-answer",
  "4.3": "no-answer",
  "4.4": "no-domain",
  "4.6": "loop",
  "4.7": "took-too-long",
  "7.8": "authentication",
  "7.20": "authentication",
  "7.21": "authentication",
  "7.22": "authentication",
  "7.23": "authentication",
  "7.25": "authentication",
  "7.26": "authentication",
} as const;
const subjects = { 3: "system", 4: "no-answer", 5: "protocol", 6: "content", 7: "policy" } as const;

/** "mailbox full, 5.2.2". @see https://www.iana.org/assignments/smtp-enhanced-status-codes */
function reasonWords(t: Words, { status }: DeliveryOutcome): string {
  if (status === null) return t("bodies.status.unknown");
  const [, subject = "", detail = ""] = status.split(".");
  const reason =
    reasons[`${subject}.${detail}` as keyof typeof reasons] ??
    subjects[Number(subject) as keyof typeof subjects] ??
    "unknown";
  return t("bodies.status.with", { reason: t(`bodies.status.${reason}`), status });
}
