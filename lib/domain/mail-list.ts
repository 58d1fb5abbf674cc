import { labelIdOf } from "./ids.ts";
import type { LabelId } from "./mail.ts";

/** The copy's id for every message but those in spam and bin: a list that Gmail has no label for. */
export const allMail = labelIdOf("*");

/** A list of messages: those of a label, or all mail. */
export interface MailList {
  /** The list in addresses. */
  readonly slug: string;
  /** The list in the copy: its label's id, or {@link allMail}. */
  readonly id: LabelId;
  /** Gmail leaves spam and bin out of lists unless told. */
  readonly includeSpamTrash: boolean;
}

/** One of Gmail's own lists, which have a word of their own in addresses. */
export interface GmailsOwn extends MailList {
  readonly slug: "all" | "inbox" | "starred" | "important" | "unread" | "sent" | "drafts" | "spam" | "bin";
}

const gmailsOwn: readonly GmailsOwn[] = (
  [
    ["all", allMail],
    ["inbox", "INBOX"],
    ["starred", "STARRED"],
    ["important", "IMPORTANT"],
    ["unread", "UNREAD"],
    ["sent", "SENT"],
    ["drafts", "DRAFT"],
    ["spam", "SPAM"],
    ["bin", "TRASH"],
  ] as const
).map(([slug, id]) => ({ slug, id: labelIdOf(id), includeSpamTrash: slug === "spam" || slug === "bin" }));

/** Gmail's ids of user labels and categories. */
const labelIdForm = /^[A-Za-z0-9_-]{1,100}$/;

const ofLabel = (id: LabelId): MailList => ({ slug: id, id, includeSpamTrash: false });

/** The list that an address names; null when it can name none. */
export const mailListOf = (slug: string): MailList | null =>
  gmailsOwn.find((list) => list.slug === slug) ?? (labelIdForm.test(slug) ? ofLabel(labelIdOf(slug)) : null);

export const listOfLabel = (id: LabelId): MailList => gmailsOwn.find((list) => list.id === id) ?? ofLabel(id);

/** Whether a list is one of Gmail's own, so that nobody has to be asked whether it exists. */
export const isGmailsOwn = (list: MailList): list is GmailsOwn =>
  gmailsOwn.some(({ slug }) => slug === list.slug);

/** What Gmail is asked for. */
export const queryOf = ({ id, includeSpamTrash }: MailList) => ({
  includeSpamTrash,
  ...(id === allMail ? {} : { labelIds: [id] }),
});
