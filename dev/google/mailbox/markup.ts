import { addressOf, type Letter } from "./letter.ts";

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The HTML a letter of this style would come with. */
export function markupOf(letter: Letter): string {
  if (letter.style === "newsletter") return newsletter(letter);
  const paragraphs = letter.paragraphs.map((text) => `<p>${escapeHtml(text).replace(/\n/g, "<br>")}</p>`);
  const images = letter.enclosures
    .filter((one) => one.contentId !== undefined)
    .map((one) => `<p><img src="cid:${one.contentId}" alt="${escapeHtml(one.filename)}" width="320"></p>`);
  const quoted = letter.quoted
    ? `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escapeHtml(letter.quoted.from)} wrote:<br></div>` +
      `<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">` +
      `${letter.quoted.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}</blockquote></div>`
    : "";
  return `<div dir="ltr">${paragraphs.join("")}${images.join("")}</div>${quoted}`;
}

/** Tables, remote images and a tracking pixel, as senders of newsletters do it. */
function newsletter(letter: Letter): string {
  const domain = addressOf(letter.from).split("@")[1] ?? "news.example";
  const stories = letter.paragraphs.map(
    (text, index) =>
      `<tr><td style="padding:16px 24px;font:16px/24px Georgia,serif;color:#222">` +
      `<img src="https://images.${domain}/story-${index + 1}.jpg" width="552" height="240" alt="" style="display:block;width:100%">` +
      `<p>${escapeHtml(text)}</p><p><a href="https://click.${domain}/r?u=https%3A%2F%2F${domain}%2Fstory-${index + 1}&amp;m=8231">Read on</a></p></td></tr>`,
  );
  return (
    `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(letter.subject)}</title>` +
    `<style>@media (max-width:600px){.wide{width:100%!important}} a{color:#8a5f17}</style></head>` +
    `<body style="margin:0;background:#f3f1ec"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">` +
    `<table role="presentation" class="wide" width="600" style="background:#fff">` +
    `<tr><td style="padding:24px"><img src="https://images.${domain}/masthead.png" width="180" height="40" alt="${escapeHtml(letter.from.split("<")[0]?.trim() ?? "")}"></td></tr>` +
    `<tr><td style="padding:0 24px"><h1 style="font:600 26px/32px Georgia,serif">${escapeHtml(letter.subject)}</h1></td></tr>${stories.join("")}` +
    `<tr><td style="padding:24px;font:12px/18px Arial;color:#777">You receive this because you subscribed. <a href="https://${domain}/unsubscribe?m=8231">Unsubscribe</a></td></tr>` +
    `</table></td></tr></table><img src="https://click.${domain}/open.gif?m=8231" width="1" height="1" alt=""></body></html>`
  );
}

/** An iCalendar request. @see RFC 5546 section 3.2.2 */
export function calendarText(letter: Letter): string {
  const meeting = letter.meeting;
  const stamp = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const startMs = meeting?.startMs ?? letter.dateMs;
  return [
    "BEGIN:VCALENDAR",
    "PRODID:-//Local Google//Calendar//EN",
    "VERSION:2.0",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    `DTSTART:${stamp(startMs)}`,
    `DTEND:${stamp(startMs + (meeting?.minutes ?? 60) * 60_000)}`,
    `DTSTAMP:${stamp(letter.dateMs)}`,
    `ORGANIZER:mailto:${addressOf(letter.from)}`,
    `UID:${letter.messageId.replace(/[<>]/g, "")}`,
    `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${addressOf(letter.to)}`,
    `SUMMARY:${meeting?.title ?? letter.subject}`,
    `LOCATION:${(meeting?.place ?? "").replace(/,/g, "\\,")}`,
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}
