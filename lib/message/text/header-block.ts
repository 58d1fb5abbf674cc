/** The lines that mail programs put above a message they quote or pass on: From, Sent, To, Subject, in any language. */

const words = (list: string) => new Set(list.split("|").map((word) => word.trim()));

const fromLine = words(
  `from|dari|pengirim|von|de|expéditeur|remitente|remetente|da|mittente|van|från|fra|lähettäjä|od|от|від|kimden|gönderen|
  feladó|από|từ|จาก|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|من|מאת`,
);
const dateLine = words(
  `sent|date|dikirim|terkirim|tanggal|gesendet|datum|envoyé|enviado|enviado el|enviada em|enviada|fecha|data|inviato|
  verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|wysłane|odesláno|dátum|elküldve|отправлено|дата|надіслано|
  gönderildi|gönderme tarihi|tarih|εστάλη|ημερομηνία|đã gửi|ngày|ส่งเมื่อ|ส่งแล้ว|วันที่|送信日時|日時|日付|发送时间|發送時間|
  傳送時間|日期|寄件日期|보낸 날짜|날짜|تاريخ الإرسال|التاريخ|נשלח|תאריך`,
);
const subjectLine = words(
  `subject|perihal|subjek|hal|judul|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|
  tárgy|тема|konu|θέμα|chủ đề|หัวเรื่อง|ชื่อเรื่อง|เรื่อง|件名|主题|主題|主旨|제목|الموضوع|נושא`,
);
const others = words(
  `to|kepada|ke|untuk|an|à|a|para|aan|till|til|vastaanottaja|do|komu|кому|kime|címzett|προς|tới|đến|ถึง|宛先|收件人|收件者|
  받는 사람|إلى|אל|cc|bcc|kopie|copie|kopia|kopi|kopio|копия|tembusan|สำเนา|抄送|副本|참조|نسخة|עותק|reply-to|importance|
  attachments|lampiran|organization`,
);

const labelledLine = /^[*_\s]{0,3}([\p{L}\p{M}][\p{L}\p{M} '’-]{0,28}?)[*_\s]{0,3}[:：][*_\s]{0,3}(.*)$/u;
/** A list of recipients may be wrapped over so many lines. */
const wrappedLines = 4;
const lineLimit = 2_000;

/** What one line of such a block is, and what it says. */
function labelled(line: string): { is: "from" | "date" | "subject" | "other"; value: string } | null {
  const match = labelledLine.exec(line.slice(0, lineLimit).replaceAll("\u00a0", " "));
  if (match === null) return null;
  const label = (match[1] ?? "").trim().toLowerCase().normalize("NFC");
  const value = (match[2] ?? "").replace(/[*_\s]+$/u, "");
  if (fromLine.has(label)) return { is: "from", value };
  if (subjectLine.has(label)) return { is: "subject", value };
  if (dateLine.has(label)) return { is: "date", value };
  return others.has(label) ? { is: "other", value } : null;
}

/** Whether the line could begin such a block. */
export function isFromLine(line: string): boolean {
  const read = labelled(line);
  return read?.is === "from" && read.value !== "";
}

export interface HeaderBlock {
  /** How many lines it takes. */
  readonly length: number;
  readonly subject: string;
}

/**
 * The block that begins at a line, or null. It names a sender, a date and a subject: a ticket has "From" and "Date" too,
 * but no ticket is about a subject.
 */
export function headerBlockAt(lines: readonly string[], at: number): HeaderBlock | null {
  if (!isFromLine(lines[at] ?? "")) return null;
  let subject: string | null = null;
  let hasDate = false;
  let length = 1;
  for (let next = at + 1, unlabelled = 0; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    const read = labelled(line);
    if (read?.is === "from" || line.trim() === "") break;
    if (read === null) {
      unlabelled += 1;
      if (unlabelled > wrappedLines) break;
      continue;
    }
    unlabelled = 0;
    length = next - at + 1;
    hasDate ||= read.is === "date";
    if (read.is === "subject") subject ??= read.value;
  }
  return hasDate && subject !== null ? { length, subject } : null;
}
