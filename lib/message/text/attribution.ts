/** The lines that mail programs put above what they quote, in the languages our readers write. */

import { headerBlockAt, isFromLine } from "./header-block.ts";

/** "On … wrote:" and its kin: how it begins, and how it ends. */
const spoken: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^On\b/u, /\bwrote\s*:$/u],
  [/^(?:Pada|Tanggal)\b/u, /\b(?:menulis|wrote)\s*:$/u],
  [/^(?:Am|Den)\b/u, /\bschrieb\b.*:$/u],
  [/^Le\b/u, /\ba écrit\s*:$/u],
  [/^El\b/u, /\bescribió\s*:$/u],
  [/^(?:Em|A)\b/u, /\bescreveu\s*:$/u],
  [/^Il\b/u, /\bha scritto\s*:$/u],
  [/^Op\b/u, /\bschreef\b.*:$/u],
  [/^(?:เมื่อ|ใน|วันที่|วัน)/u, /เขียน(?:ว่า)?\s*:$/u],
];
/** Without a date in front: "Sari Wulandari <sari@example.org> wrote:", "2026年…：". */
const terse = [
  /^[^\n]{1,200}\b(?:wrote|writes|schrieb|schreibt|menulis|a écrit|escribió)\s*:$/u,
  /^\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,200}[:：]$/u,
];

/** A line of words between dashes, as mail programs of any language draw it above an older message. */
const ruled = /^-{3,}\s*[\p{L}\p{M}][^\n]{2,60}?\s*-{3,}$/u;
/** Of these it is known that they stand above what was answered; of any other it is not. */
const original =
  /^-{3,}\s*(?:Original Message|Original Appointment|Pesan Asli|Ursprüngliche Nachricht|Oorspronkelijk bericht|Ursprungligt meddelande|Oprindelig meddelelse|Opprinnelig melding|Message d[’']origine|Mensaje original|Mensagem original|Messaggio originale|Wiadomość oryginalna|Исходное сообщение|Özgün İleti|ข้อความต้นฉบับ|元のメッセージ|原始邮件|邮件原件|原始郵件|원본 메시지)\s*-{3,}$/iu;
/** Apple Mail's line above a message that is passed on. */
const beginForwarded =
  /^(?:Begin forwarded message|Mulai pesan terusan|Awal pesan yang diteruskan|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message (?:réexpédié|transféré)|Inicio del mensaje reenviado|Início da mensagem (?:reencaminhada|encaminhada)|Inizio messaggio inoltrato|Begin doorgestuurd bericht|เริ่มข้อความที่ส่งต่อ|転送されたメッセージ|开始转发的邮件|以下是转发的邮件)\s*[:：]$/iu;

const lineLimit = 300;
/** An attribution is wrapped over at most so many lines. */
const wrapLimit = 3;

/** How many of the last of these lines are the attribution of a quote that follows them; 0 when none is. */
export function attributionLength(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === "" && lines.length - end < 2) end -= 1;
  const last = (count: number) =>
    lines
      .slice(end - count, end)
      .join(" ")
      .trim();
  for (let count = 1; count <= Math.min(wrapLimit, end); count += 1) {
    if (isSpoken(last(count))) return lines.length - (end - count);
  }
  const isTerse = end > 0 && last(1).length < lineLimit && terse.some((form) => form.test(last(1)));
  return isTerse ? lines.length - (end - 1) : 0;
}

function isSpoken(text: string): boolean {
  return text.length < lineLimit && spoken.some(([start, end]) => start.test(text) && end.test(text));
}

export interface OlderMessage {
  readonly kind: "answered" | "forwarded";
  /** Of its header block; null where there is none to read. */
  readonly subject: string | null;
  /** How many lines introduce it. */
  readonly length: number;
}

/**
 * Whether everything from this line on is an older message, and whether it was answered or passed on. A line between dashes
 * counts when mail programs are known to write it, or when a sender is named right below.
 */
export function olderMessageAt(lines: readonly string[], at: number): OlderMessage | null {
  const line = (lines[at] ?? "").trim();
  if (line.length > lineLimit || line === "") return null;
  const below = [at + 1, at + 2].find((next) => isFromLine(lines[next] ?? ""));
  if (beginForwarded.test(line)) return introducedBy("forwarded", lines, at, below);
  if (original.test(line)) return introducedBy("answered", lines, at, below);
  if (ruled.test(line)) return below === undefined ? null : introducedBy("forwarded", lines, at, below);
  return headerBlockAt(lines, at) === null ? null : introducedBy("answered", lines, at, at);
}

function introducedBy(
  kind: OlderMessage["kind"],
  lines: readonly string[],
  at: number,
  blockAt: number | undefined,
): OlderMessage {
  const block = blockAt === undefined ? null : headerBlockAt(lines, blockAt);
  if (blockAt === undefined || block === null) return { kind, subject: null, length: 1 };
  return { kind, subject: block.subject, length: blockAt - at + block.length };
}

/** Words by which people say that their answers stand further down, among what they quote. */
const pointsBelow =
  /\b(?:below|in-?line|in line|interspersed|between the lines|in (?:red|blue|green|bold|caps|capitals)|di ?bawah|sela-sela|disela|berwarna|warna (?:merah|biru|hijau)|tinta merah|unten|im text|in rot|ci-dessous|dans le texte|más abajo|en rojo|abaixo|qui sotto|hieronder|nedan|nedenfor|poniżej|aşağıda)\b|ниже|ด้านล่าง|ข้างล่าง|สีแดง|下記|以下|下方|如下|아래/iu;

/** Whether the author's own words send their reader into what is quoted, or are a greeting and no more. */
export function leadsBelow(ownWords: string): boolean {
  const text = ownWords.trim();
  const isGreeting = text.length <= 60 && /[,，:：!]$/u.test(text) && !text.includes("\n");
  return isGreeting || pointsBelow.test(text.slice(0, 2_000)) || pointsBelow.test(text.slice(-2_000));
}
