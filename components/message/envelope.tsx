import type { MailAddress, ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
import { Sender } from "./sender.tsx";

/** Who sent a message, to whom, when and how. */
export function Envelope({ message, zone }: { readonly message: ReadableMessage; readonly zone: string }) {
  const t = useWords();
  const { from, authors, to, cc, replyTo, sentBy, authentication } = message;
  const facts = [
    to.length ? t("message.to", { names: listed(t, to) }) : t("message.toNobody"),
    cc.length > 0 && t("message.cc", { names: listed(t, cc) }),
    replyTo.length > 0 &&
      replyTo[0]?.address !== from?.address &&
      t("message.replyTo", { names: listed(t, replyTo) }),
    sentBy && t("message.sentBy", { name: full(sentBy) }),
    authentication.signedBy && t("message.signedBy", { domain: authentication.signedBy }),
    authentication.encryptedInTransit === true && t("message.encrypted"),
    authentication.encryptedInTransit === false && t("message.notEncrypted"),
  ].filter(Boolean);
  return (
    <Sender
      authors={authors ?? (from ? [from] : [])}
      at={new Date(message.internalDateMs)}
      zone={zone}
      facts={facts.join(" · ")}
    />
  );
}

const full = ({ name, address }: MailAddress): string => (name ? `${name} <${address}>` : address);

/** Everybody, as long as that helps. */
function listed(t: Words, addresses: readonly MailAddress[]): string {
  const shown = addresses.slice(0, 8).map(({ name, address }) => name ?? address);
  const names = shown.join(", ");
  const count = addresses.length - shown.length;
  return count > 0 ? t("message.andMore", { names, count }) : names;
}
