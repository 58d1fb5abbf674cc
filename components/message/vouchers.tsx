import { Check, type LucideIcon, Minus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";

/** What Google found out about a message when it came in, each with what that means. Nothing where it found out nothing. */
export function Vouchers({ message }: { readonly message: ReadableMessage }) {
  const t = useWords();
  const { authentication, list, from } = message;
  const { isChecked, signatures, sentBy, dmarc, cameFrom, encryptedInTransit } = authentication;
  const b = (chunks: ReactNode) => <b className="font-semibold break-all text-ink">{chunks}</b>;
  const domain = from?.address.slice(from.address.lastIndexOf("@") + 1).toLowerCase() ?? "";
  const isPassedOn = message.warnings.some(({ code }) => code === "passed-on");
  if (!isChecked) return null;
  return (
    <div className="border-b border-line px-3.5 py-3">
      <ul className="grid gap-2">
        {dmarc === "pass" && (
          <Fact sign="good" why={t("trust.confirmedWhy")}>
            {t.rich("trust.confirmed", { domain, b })}
          </Fact>
        )}
        {dmarc === "fail" && (
          <Fact sign={isPassedOn ? "plain" : "bad"} why={t("trust.unconfirmedWhy", { domain })}>
            {t.rich("trust.unconfirmed", { domain, b })}
          </Fact>
        )}
        {signatures.map((signature) => (
          <Fact
            key={signature.domain}
            sign={signature.isSenders ? "good" : "plain"}
            why={signature.isSenders ? t("trust.signedByWhy") : t("trust.signedByOtherWhy")}
          >
            {t.rich("trust.signedBy", { domain: signature.domain, b })}
          </Fact>
        ))}
        {signatures.length === 0 && (
          <Fact sign="plain" why={t("trust.unsignedWhy")}>
            {t("trust.unsigned")}
          </Fact>
        )}
        {sentBy && (
          <Fact sign={sentBy.isSenders ? "good" : "plain"} why={t("trust.sentByWhy")}>
            {t.rich("trust.sentBy", { domain: sentBy.domain, b })}
          </Fact>
        )}
        {list && (
          <Fact sign="plain" why={list.name ?? undefined}>
            {t.rich("trust.through", { list: list.id, b })}
          </Fact>
        )}
        {cameFrom && (
          <Fact
            sign="plain"
            why={
              cameFrom.host
                ? t("trust.cameFromWhy", { address: cameFrom.address })
                : t("trust.cameFromAddressWhy")
            }
          >
            {t.rich("trust.cameFrom", { server: cameFrom.host ?? cameFrom.address, b })}
          </Fact>
        )}
        {encryptedInTransit !== null && (
          <Fact
            sign={encryptedInTransit ? "good" : "bad"}
            why={encryptedInTransit ? t("trust.encryptedWhy") : t("trust.notEncryptedWhy")}
          >
            {encryptedInTransit ? t("trust.encrypted") : t("trust.notEncrypted")}
          </Fact>
        )}
      </ul>
      <p className="mt-2.5 text-xs text-ink-3">{t("trust.checkedBy")}</p>
    </div>
  );
}

type Sign = "good" | "bad" | "plain";

const icons: Readonly<Record<Sign, readonly [icon: LucideIcon, color: string]>> = {
  good: [Check, "text-ok"],
  bad: [TriangleAlert, "text-warn"],
  plain: [Minus, "text-ink-3"],
};

function Fact({
  sign,
  why,
  children,
}: {
  readonly sign: Sign;
  readonly why?: string | undefined;
  readonly children: ReactNode;
}) {
  const [Icon, color] = icons[sign];
  return (
    <li className="flex gap-2.5">
      <Icon size={16} strokeWidth={1.5} aria-hidden className={`mt-0.5 flex-none ${color}`} />
      <div className="min-w-0">
        <p>{children}</p>
        {why && <p className="text-xs text-ink-3">{why}</p>}
      </div>
    </li>
  );
}
