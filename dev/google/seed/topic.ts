import type { Enclosure } from "../mailbox/letter.ts";

/** A thing people write about. `{day}`, `{amount}`, … are filled in per thread. */
export interface Topic {
  kind: "conversation" | "bill" | "newsletter" | "notification" | "invitation" | "album" | "spam";
  subject: string;
  body: string[];
  /** What may be answered, one paragraph each. */
  replies?: string[];
  /** A fixed sender; absent: one of the contacts. */
  from?: string;
  label?: string;
  files?: Enclosure[];
}

/** A language's mail: who writes, about what, and how they greet. */
export interface Corpus {
  contacts: string[];
  topics: Topic[];
  greetings: string[];
  closings: string[];
  slots: Record<string, string[]>;
}

export const pdf = "application/pdf";
export const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function file(filename: string, mimeType: string): Enclosure {
  return { filename, mimeType };
}
