import { Download } from "lucide-react";
import type { ContactsCard, Contact as Person, Reach } from "#lib/domain/card.ts";
import { attachmentPath } from "#lib/domain/paths.ts";
import { faultWords } from "#lib/i18n/event-words.ts";
import { formatDate } from "#lib/i18n/formats.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
import { Row } from "./card-row.tsx";

interface Props {
  readonly card: ContactsCard;
  readonly accountId: string;
  readonly messageId: string;
}

/** The people in a file of contacts. */
export function ContactCards({ card, accountId, messageId }: Props) {
  const t = useWords();
  const { contacts, moreContacts, faults, source } = card;
  const total = contacts.length + moreContacts;
  const [first, ...others] = contacts;
  if (first === undefined) return null;
  return (
    <section
      aria-label={t("contact.section", { count: total })}
      className="mb-5 overflow-hidden rounded-[10px] border border-line-strong bg-surface text-sm"
    >
      <ContactFacts contact={first} />
      {others.length > 0 && (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-3.5 py-2.5 text-ink-2 hover:bg-hover md:px-5">
            {t("contact.others", { count: total - 1 })}
          </summary>
          {others.map((contact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the contacts of a file never move
            <div key={index} className="border-t border-line">
              <ContactFacts contact={contact} />
            </div>
          ))}
          {moreContacts > 0 && (
            <p className="border-t border-line px-3.5 py-2.5 text-ink-3 md:px-5">
              {t("contact.more", { count: moreContacts })}
            </p>
          )}
        </details>
      )}
      {faults.length > 0 && (
        <ul className="grid gap-1 border-t border-line px-3.5 py-2.5 text-xs text-warn md:px-5">
          {faults.map((fault) => (
            <li key={fault.code}>{faultWords(t, fault)}</li>
          ))}
        </ul>
      )}
      <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-paper px-3.5 py-3 text-xs text-ink-3 md:px-5">
        <a
          href={attachmentPath(accountId, messageId, source.partId)}
          download={source.filename}
          className="inline-flex h-8 items-center gap-2 rounded border border-line-strong bg-surface px-3 text-sm text-ink hover:bg-hover"
        >
          <Download size={14} strokeWidth={1.5} aria-hidden />
          {t("contact.download")}
        </a>
        {contacts.some(({ hasPicture }) => hasPicture) && <p>{t("contact.picture")}</p>}
      </footer>
    </section>
  );
}

function ContactFacts({ contact }: { readonly contact: Person }) {
  const t = useWords();
  const { name, organization, title, emails, phones, addresses, links, birthday, note } = contact;
  const work = [title, organization === name ? null : organization].filter(Boolean).join(", ");
  return (
    <>
      <div className="px-3.5 py-3 md:px-5">
        <h2 className="text-[17px] leading-6 font-semibold tracking-[-0.008em] break-words">
          {name ?? organization ?? t("contact.noName")}
        </h2>
        {work && <p className="break-words text-ink-2">{work}</p>}
      </div>
      <dl>
        <Reaches
          term={t("contact.email")}
          reaches={emails}
          href={(address) => `mailto:${encodeURIComponent(address).replace("%40", "@")}`}
        />
        <Reaches
          term={t("contact.phone")}
          reaches={phones}
          href={(number) => `tel:${number.replace(/[^\d+*#]/gu, "")}`}
        />
        <Reaches term={t("contact.address")} reaches={addresses} />
        {links.length > 0 && (
          <Row term={t("contact.link")}>
            {links.map((link) => (
              <a
                key={link}
                href={link}
                target="_blank"
                rel="noopener noreferrer nofollow"
                className={`block break-all ${linkLook}`}
              >
                {link}
              </a>
            ))}
          </Row>
        )}
        {birthday && <Row term={t("contact.birthday")}>{birthdayWords(t, birthday)}</Row>}
        {note && (
          <Row term={t("contact.note")}>
            <p className="whitespace-pre-wrap">{note}</p>
          </Row>
        )}
      </dl>
    </>
  );
}

const linkLook = "underline decoration-line-strong underline-offset-2 hover:decoration-current";

const uses = ["home", "work", "cell", "fax"] as const;

function Reaches({
  term,
  reaches,
  href,
}: {
  readonly term: string;
  readonly reaches: readonly Reach[];
  readonly href?: (value: string) => string;
}) {
  const t = useWords();
  if (reaches.length === 0) return null;
  return (
    <Row term={term}>
      {reaches.map(({ value, uses: named }) => (
        <p key={value}>
          {href ? (
            <a href={href(value)} className={`break-all ${linkLook}`}>
              {value}
            </a>
          ) : (
            value
          )}
          <span className="ml-2 text-xs text-ink-3">
            {uses
              .filter((use) => named.includes(use))
              .map((use) => t(`contact.use.${use}`))
              .join(" · ")}
          </span>
        </p>
      ))}
    </Row>
  );
}

function birthdayWords(t: Words, birthday: string): string {
  const isDate = /^\d{4}-\d\d-\d\d$/u.test(birthday) && !Number.isNaN(Date.parse(birthday));
  return isDate ? formatDate(t.language, "UTC", "short", new Date(birthday)) : birthday;
}
