/** What a message's headers say about the conversation it belongs to: what it may quote without saying anything new. */

import type { Header } from "../../domain/mail.ts";
import { parseAddresses } from "./addresses.ts";
import { headerText, headerValue } from "./headers.ts";

export interface Conversation {
  /** It answers an earlier message: only then can what it quotes be known to its reader. */
  readonly isAnswer: boolean;
  /** The subject without what mail programs put before it, in lower case and without spaces. */
  readonly topic: string;
  /** The words of its author's name, in lower case. */
  readonly author: readonly string[];
}

/** "Re:" as mail programs write it, and as those of other languages do. */
const answered =
  /^(?:re|aw|antw(?:ort)?|sv|odp|rif|res|r|bls|balas|ynt|vá|atb|σχετ|απ|ответ|hồi âm|回复|回覆|答复|答覆|返信|답장|회신|ตอบกลับ|ตอบ|رد|תשובה)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/iu;
/** "Fwd:" likewise. */
const forwarded =
  /^(?:fwd?|wg|tr|rv|enc|i|doorst|vl|vb|pd|trs|terusan|ilt|i̇lt|πρθ|пересл?|转发|轉寄|転送|전달|ส่งต่อ|إعادة توجيه|הועבר)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/iu;
/** The name of a mailing list. */
const listName = /^\[[^\]]{1,60}\]\s*/u;

/** By the subject first: some mail programs name the forwarded message in `References`, as if it were answered. */
export function conversationOf(headers: readonly Header[]): Conversation {
  const subject = (headerText(headers, "subject") ?? "").replace(listName, "");
  const names = (name: string) => (headerValue(headers, name) ?? "").includes("<");
  const isAnswer =
    answered.test(subject) || (!forwarded.test(subject) && (names("in-reply-to") || names("references")));
  return { isAnswer, topic: topicOf(subject), author: nameWords(headers) };
}

function nameWords(headers: readonly Header[]): string[] {
  const name = parseAddresses(headerValue(headers, "from") ?? "")[0]?.givenName ?? "";
  return wordsOf(name).filter((word) => word.length >= 3);
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];

/** A line that signs a letter has no more words than a name and a degree. */
const signatureWords = 5;

/** Whether these words end as a letter of this message's author does: then they may be the answer itself. */
export function endsAsAuthor({ author }: Conversation, text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const lastLines = lines.slice(1).slice(-2).map(wordsOf);
  return lastLines.some(
    (line) => line.length <= signatureWords && author.some((word) => line.includes(word)),
  );
}

/** Whether a quoted message's subject is that of the conversation. A long one may have been wrapped or cut. */
export function isOnTopic({ topic }: Conversation, quotedSubject: string): boolean {
  const quoted = topicOf(quotedSubject);
  if (topic === quoted) return true;
  return (
    Math.min(topic.length, quoted.length) >= 12 && (topic.startsWith(quoted) || quoted.startsWith(topic))
  );
}

function topicOf(subject: string): string {
  let rest = subject.slice(0, 500).trim();
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(listName, "").replace(answered, "").replace(forwarded, "").trim();
  }
  return rest.replace(/\s+/gu, "").toLowerCase();
}
