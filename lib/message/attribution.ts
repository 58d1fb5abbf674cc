/** The lines that mail programs put above what they quote, in the languages our readers write. */

/** "On … wrote:" and its kin: how it begins, and how it ends. */
const SPOKEN: readonly (readonly [start: RegExp, end: RegExp])[] = [
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
const TERSE = [
  /^[^\n]{1,200}\b(?:wrote|writes|schrieb|schreibt|menulis|a écrit|escribió)\s*:$/u,
  /^\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,200}[:：]$/u,
];

const ORIGINAL =
  /^-{3,}\s*(?:Original Message|Original Appointment|Pesan Asli|Ursprüngliche Nachricht|Message d'origine|Mensaje original|ข้อความต้นฉบับ)\s*-{3,}$/iu;
const FORWARDED =
  /^(?:-{3,}\s*(?:Forwarded message|Pesan terusan|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado|ข้อความที่ส่งต่อ)[^\n]{0,40}|Begin forwarded message:)$/iu;
const OUTLOOK_FROM = /^\*?(?:From|Dari|Von|De|จาก)\s*:\*?\s*\S/u;
const OUTLOOK_SENT =
  /^\*?(?:Sent|Date|Dikirim|Terkirim|Tanggal|Gesendet|Datum|Envoyé|Enviado|ส่งเมื่อ|วันที่)\s*:/u;

const LINE_LIMIT = 300;
/** An attribution is wrapped over at most so many lines. */
const WRAP_LIMIT = 3;

/** How many of the last of these lines are the attribution of a quote that follows them; 0 when none is. */
export function attributionLength(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === "" && lines.length - end < 2) end -= 1;
  const last = (count: number) =>
    lines
      .slice(end - count, end)
      .join(" ")
      .trim();
  for (let count = 1; count <= Math.min(WRAP_LIMIT, end); count += 1) {
    if (isSpoken(last(count))) return lines.length - (end - count);
  }
  const isTerse = end > 0 && last(1).length < LINE_LIMIT && TERSE.some((form) => form.test(last(1)));
  return isTerse ? lines.length - (end - 1) : 0;
}

function isSpoken(text: string): boolean {
  return text.length < LINE_LIMIT && SPOKEN.some(([start, end]) => start.test(text) && end.test(text));
}

/** Whether everything from this line on is an older message, and whether it was passed on rather than answered. */
export function olderMessageAt(lines: readonly string[], at: number): "answered" | "forwarded" | null {
  const line = (lines[at] ?? "").trim();
  if (line.length > LINE_LIMIT || line === "") return null;
  if (FORWARDED.test(line)) return "forwarded";
  if (ORIGINAL.test(line)) return "answered";
  const isOutlook =
    OUTLOOK_FROM.test(line) && lines.slice(at + 1, at + 3).some((next) => OUTLOOK_SENT.test(next.trim()));
  return isOutlook ? "answered" : null;
}
