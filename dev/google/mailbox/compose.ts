import { seedOf } from "../random.ts";
import { enclosureBytes } from "./enclosures.ts";
import { addressOf, type Enclosure, type Letter } from "./letter.ts";
import { libmime } from "./libmime.ts";
import { calendarText, markupOf } from "./markup.ts";
import type { Header, Part } from "./part.ts";

/** `Sat, 21 Nov 2026 09:41:00 +0700`. @see RFC 5322 section 3.3 */
export function mailDate(ms: number): string {
  return new Date(ms + 7 * 3600 * 1000).toUTCString().replace("GMT", "+0700");
}

/** The MIME tree of a letter. The same letter always gives the same bytes. */
export function compose(letter: Letter): Part {
  const body = bodyOf(letter);
  return { ...body, headers: [...headersOf(letter), ...body.headers] };
}

/** The plain text of a letter, with what it quotes. */
export function plainText(letter: Letter): string {
  const own = letter.paragraphs.join("\r\n\r\n");
  if (!letter.quoted) return `${own}\r\n`;
  const quoted = letter.quoted.paragraphs.join("\r\n\r\n").replace(/^/gm, "> ");
  return `${own}\r\n\r\nOn ${mailDate(letter.quoted.dateMs)}, ${letter.quoted.from} wrote:\r\n${quoted}\r\n`;
}

function headersOf(letter: Letter): Header[] {
  const word = (value: string) =>
    letter.encodedHeaders && /[^\p{ASCII}]/u.test(value) ? libmime.encodeWords(value, "B", 52) : value;
  const sender = addressOf(letter.from).split("@")[1] ?? "example.net";
  const domain = letter.messageId.split("@")[1]?.replace(">", "") ?? "example.net";
  const headers: [string, string | undefined][] = [
    ["Delivered-To", /<([^>]*)>/.exec(letter.to)?.[1] ?? letter.to],
    [
      "Received",
      `from mail.${sender} (mail.${sender}. [203.0.113.7]) by mx.google.com with ESMTPS id a1 (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); ${mailDate(letter.dateMs)}`,
    ],
    [
      "Authentication-Results",
      `mx.google.com; dkim=pass header.i=@${sender} header.s=s1 header.b=Ab/c; spf=pass smtp.mailfrom=bounces@${sender}; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=${sender}`,
    ],
    ["MIME-Version", "1.0"],
    ["Date", mailDate(letter.dateMs)],
    ["Message-ID", letter.messageId],
    ["In-Reply-To", letter.inReplyTo],
    ["References", letter.references?.join(" ")],
    ["Subject", word(letter.subject)],
    ["From", word(letter.from)],
    ["To", word(letter.to)],
    ["Cc", letter.cc === undefined ? undefined : word(letter.cc)],
    ["List-Id", letter.listId],
    ["List-Unsubscribe", letter.listId ? `<https://${domain}/unsubscribe?m=1>` : undefined],
    ["List-Unsubscribe-Post", letter.listId ? "List-Unsubscribe=One-Click" : undefined],
  ];
  return headers.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function bodyOf(letter: Letter): Part {
  const inline = letter.enclosures
    .filter((one) => one.contentId !== undefined)
    .map((one) => enclosed(one, letter));
  const attached = letter.enclosures
    .filter((one) => one.contentId === undefined)
    .map((one) => enclosed(one, letter));
  let body = textOf(letter);
  if (inline.length > 0) body = multipart("related", letter, [body, ...inline]);
  return attached.length > 0 ? multipart("mixed", letter, [body, ...attached]) : body;
}

function textOf(letter: Letter): Part {
  const plain = leaf('text/plain; charset="UTF-8"', plainText(letter));
  if (letter.style === "plain") return plain;
  const markup = leaf('text/html; charset="UTF-8"', letter.html ?? markupOf(letter));
  if (letter.style === "html") return markup;
  if (letter.style !== "invitation") return multipart("alternative", letter, [plain, markup]);
  const invitation = leaf('text/calendar; charset="UTF-8"; method=REQUEST', calendarText(letter));
  return multipart("alternative", letter, [plain, markup, invitation]);
}

function leaf(contentType: string, text: string): Part {
  return {
    mimeType: contentType.split(";")[0] ?? "text/plain",
    filename: "",
    headers: [
      { name: "Content-Type", value: contentType },
      { name: "Content-Transfer-Encoding", value: "quoted-printable" },
    ],
    body: Buffer.from(text),
    parts: [],
  };
}

function multipart(subtype: string, letter: Letter, parts: Part[]): Part {
  const boundary = seedOf(subtype, letter.messageId).toString(16).padStart(24, "0");
  return {
    mimeType: `multipart/${subtype}`,
    filename: "",
    headers: [{ name: "Content-Type", value: `multipart/${subtype}; boundary="${boundary}"` }],
    body: null,
    parts,
  };
}

function enclosed(enclosure: Enclosure, letter: Letter): Part {
  const { filename, mimeType, contentId } = enclosure;
  const disposition = contentId === undefined ? "attachment" : "inline";
  return {
    mimeType,
    filename,
    headers: [
      { name: "Content-Type", value: `${mimeType}; name="${filename}"` },
      { name: "Content-Disposition", value: `${disposition}; filename="${filename}"` },
      { name: "Content-Transfer-Encoding", value: "base64" },
      ...(contentId === undefined
        ? []
        : [
            { name: "Content-ID", value: `<${contentId}>` },
            { name: "X-Attachment-Id", value: contentId },
          ]),
    ],
    body: mimeType === "application/ics" ? Buffer.from(calendarText(letter)) : enclosureBytes(enclosure),
    parts: [],
  };
}
