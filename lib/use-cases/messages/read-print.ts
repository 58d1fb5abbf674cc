import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import type { LinkNote } from "../../domain/mail-link.ts";
import { partName } from "../../domain/paths.ts";
import type {
  EnclosedMessage,
  MailAddress,
  MessageContent,
  MessageSummary,
  ReadableMessage,
  TextBlock,
} from "../../domain/readable-message.ts";
import { datedAt, offsetOf } from "../../i18n/dates.ts";
import { linkNoteWords } from "../../i18n/link-words.ts";
import { formatBytes } from "../../i18n/numbers.ts";
import { problemWords } from "../../i18n/problem-words.ts";
import { reportWords } from "../../i18n/report-words.ts";
import type { Words } from "../../i18n/words.ts";
import { frameCsp } from "../../message/frame.ts";
import { type PrintedMessage, printDocument } from "../../message/print/print-document.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";
import { frameOf, picturesOf } from "./read-message-frame.ts";

/** For whom it is printed. */
export interface PrintReader {
  readonly accountId: AccountId;
  readonly zone: string;
  readonly signal: AbortSignal;
}

export interface PrintContent {
  readonly html: string;
  /** The Content-Security-Policy header that goes with it. */
  readonly policy: string;
}

/** A message of which all is here, or only what lists show. */
export interface ToPrint {
  readonly summary: MessageSummary;
  readonly message: ReadableMessage | null;
}

/** A message as a document for paper. */
export async function readPrint(
  t: Words,
  messageId: MessageId,
  reader: PrintReader,
): Promise<MessageOutcome<PrintContent>> {
  const outcome = await readMessage(reader.accountId, messageId, reader.signal);
  if (!outcome.ok) return outcome;
  const message = outcome.content;
  return { ok: true, content: await printOf(t, message.subject, [{ summary: message, message }], reader) };
}

/** Messages as one document for paper, in their order. */
export async function printOf(
  t: Words,
  subject: string | null,
  messages: readonly ToPrint[],
  reader: PrintReader,
): Promise<PrintContent> {
  const printed: PrintedMessage[] = [];
  for (const { summary, message } of messages) {
    const content = message
      ? await printedContent(t, message, reader, { message, part: null })
      : beginning(t, summary);
    printed.push({
      ...content,
      fields: [...fieldsOf(t, message ?? summary, reader.zone), ...content.fields],
    });
  }
  const html = printDocument({
    title: subject ?? t("list.noSubject"),
    language: t.language,
    hint: t("print.hint"),
    messages: printed,
  });
  // Those alone whose text is here: proxies refuse answers with long headers.
  const pictures = messages.flatMap(({ message }) =>
    message ? picturesOf(reader.accountId, message.id, html) : [],
  );
  return { html, policy: printPolicy(pictures) };
}

/**
 * The frame's policy, whose last word is the sandbox. The page that opens the browser's dialog for printing has to be let;
 * nothing in the document could, having no script.
 */
const printPolicy = (pictures: readonly string[]): string => `${frameCsp(pictures)} allow-modals`;

function beginning(t: Words, { snippet }: MessageSummary): PrintedMessage {
  const blocks: TextBlock[] = snippet ? [{ kind: "text", runs: [{ text: `${snippet}…` }] }] : [];
  return { fields: [], notes: [t("print.beginning")], body: { kind: "text", blocks }, enclosed: [] };
}

/** Where a text stands: in a message, or in the part of one that holds another. The message is read once for all of them. */
interface Place {
  readonly message: ReadableMessage;
  readonly part: string | null;
}

/** Without the fields of its headers. */
async function printedContent(
  t: Words,
  content: MessageContent,
  reader: PrintReader,
  place: Place,
): Promise<PrintedMessage> {
  const { report, problems, attachments } = content;
  const files = attachments
    .filter(({ inline }) => !inline)
    .map(({ filename, sizeBytes }) => `${filename} (${formatBytes(t, sizeBytes)})`);
  const body = await printedBody(t, content, reader, place);
  const enclosed: PrintedMessage[] = [];
  for (const message of content.enclosed) {
    const within = { message: place.message, part: partName(message.partId) };
    const printed = await printedContent(t, message, reader, within);
    enclosed.push({ ...printed, fields: [...fieldsOfEnclosed(t, message, reader.zone), ...printed.fields] });
  }
  const notes = [
    ...(report ? reportWords(t, report, reader.zone) : []),
    ...problems.map((problem) => problemWords(t, problem)),
    ...(body.kind === "none" && !report && enclosed.length === 0 ? [t("message.none")] : []),
  ];
  return {
    fields: files.length > 0 ? [[t("print.attachments"), files.join(", ")]] : [],
    notes: [...new Set(notes)],
    body,
    enclosed,
  };
}

async function printedBody(
  t: Words,
  { body }: MessageContent,
  { accountId }: PrintReader,
  { message, part }: Place,
): Promise<PrintedMessage["body"]> {
  if (body.kind !== "html") return body;
  const words = { quotedText: t("message.quoted"), linkNote: (note: LinkNote) => linkNoteWords(t, note) };
  const asked = { part, images: "", colors: "original", ...words } as const;
  const document = await frameOf(accountId, message, asked);
  return document === null ? { kind: "text", blocks: body.blocks } : { kind: "html", document };
}

const full = ({ name, address }: MailAddress): string =>
  name && address ? `${name} <${address}>` : (name ?? address);

const all = (addresses: readonly MailAddress[]): string => addresses.map(full).join(", ");

const dated = (t: Words, at: Date, zone: string): string => datedAt(t, at, offsetOf(at, zone));

type Field = readonly [name: string, text: string];

function fieldsOf(t: Words, message: MessageSummary | ReadableMessage, zone: string): Field[] {
  const { from, authors, to } = message;
  const { cc, replyTo } = "cc" in message ? message : { cc: [], replyTo: [] };
  const answersElsewhere = replyTo.some(({ address }) => address !== from?.address);
  return present([
    [t("print.from"), all(authors ?? (from ? [from] : [])) || t("list.unknownSender")],
    [t("print.to"), all(to)],
    [t("print.cc"), all(cc)],
    [t("print.replyTo"), answersElsewhere ? all(replyTo) : ""],
    [t("print.date"), dated(t, new Date(message.internalDateMs), zone)],
  ]);
}

function fieldsOfEnclosed(t: Words, { from, to, cc, subject, date }: EnclosedMessage, zone: string): Field[] {
  return present([
    [t("print.subject"), subject ?? t("list.noSubject")],
    [t("print.from"), from ? full(from) : t("list.unknownSender")],
    [t("print.to"), all(to)],
    [t("print.cc"), all(cc)],
    [t("print.date"), date ? dated(t, date, zone) : ""],
  ]);
}

const present = (fields: readonly Field[]): Field[] => fields.filter(([, text]) => text !== "");
