import type { MailAddress, MessageSummary } from "../domain/readable-message.ts";
import type { Words } from "./words.ts";

/** More people than this have no room in a line. */
const namedInLine = 8;

const nameWords = (t: Words, { name, address }: MailAddress): string =>
  name ?? (address || t("list.unknownSender"));

/** @param owner the account's own address, which is "me" */
export function authorWords(t: Words, { from, authors }: MessageSummary, owner = ""): string {
  const isOwner = ({ address }: MailAddress) => owner !== "" && address.toLowerCase() === owner.toLowerCase();
  const who = (authors ?? (from ? [from] : []))
    .slice(0, namedInLine)
    .map((author) => (isOwner(author) ? t("conversation.me") : nameWords(t, author)));
  return who.join(", ") || t("list.unknownSender");
}

export const recipientWords = (t: Words, { to }: MessageSummary): string =>
  to.length > 0
    ? t("list.to", {
        names: to
          .slice(0, namedInLine)
          .map((recipient) => nameWords(t, recipient))
          .join(", "),
      })
    : t("list.noRecipients");
