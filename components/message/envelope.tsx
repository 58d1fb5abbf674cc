import type { ReactNode } from "react";
import type { MailAddress, ReadableMessage } from "#lib/domain/readable-message.ts";
import type { SenderTrust } from "#lib/domain/sender-trust.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
import { Sender } from "./sender.tsx";
import { SenderDetails } from "./sender-details.tsx";
import { isGrave, warningsOf } from "./sender-warnings.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly zone: string;
  /** The address of the account that the message is in. */
  readonly ownAddress: string;
  /** What the copy knows of the sender; null where it says nothing. */
  readonly trust: SenderTrust | null;
  /** What one may do about the sender. */
  readonly children?: ReactNode;
}

/** Who sent a message, to whom and when, and what vouches for it. */
export function Envelope({ message, zone, ownAddress, trust, children }: Props) {
  const t = useWords();
  const { from, authors, to, cc } = message;
  const names = (addresses: readonly MailAddress[]) => ({ names: listed(t, addresses, ownAddress) });
  return (
    <Sender authors={authors ?? (from ? [from] : [])} at={new Date(message.internalDateMs)} zone={zone}>
      <div className="flex flex-wrap items-center gap-x-1.5 text-xs text-ink-3">
        <p className="min-w-0 break-words">
          {to.length > 0 ? t("message.to", names(to)) : t("message.toNobody")}
          {cc.length > 0 && ` · ${t("message.cc", names(cc))}`}
        </p>
        <SenderDetails
          message={message}
          zone={zone}
          history={trust?.history ?? null}
          isDoubted={warningsOf(message, trust).some(isGrave)}
        />
        {children}
      </div>
    </Sender>
  );
}

/** As many as help; all of them stand among the details. */
const listedAtMost = 4;

function listed(t: Words, addresses: readonly MailAddress[], ownAddress: string): string {
  const names = addresses
    .slice(0, listedAtMost)
    .map(({ name, address }) =>
      address.toLowerCase() === ownAddress.toLowerCase() ? t("trust.you") : (name ?? address),
    )
    .join(", ");
  const count = addresses.length - listedAtMost;
  return count > 0 ? t("message.andMore", { names, count }) : names;
}
