import {
  Code,
  Copy,
  Download,
  Ellipsis,
  FileText,
  Inbox,
  type LucideIcon,
  Printer,
  Send,
} from "lucide-react";
import Link from "next/link";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Menu, MenuLine, menuItem } from "#components/ui/menu.tsx";
import { listPath, messagePartPath } from "#lib/domain/paths.ts";
import { mailFromQuery, mailToQuery } from "#lib/domain/person-query.ts";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { PrintLink } from "./print-link.tsx";

interface Props {
  readonly message: Pick<ReadableMessage, "id" | "from">;
  readonly accountId: string;
}

/** What can be done with a message. */
export function MessageMenu({ message: { id, from }, accountId }: Props) {
  const t = useWords();
  const part = (what: "original" | "print" | "raw" | "text") => messagePartPath(accountId, id, what);
  return (
    <Menu
      id={`menu-${id}`}
      label={t("messageMenu.more")}
      title={t("messageMenu.moreKey")}
      shortcut="."
      icon={Ellipsis}
      listLabel={t("messageMenu.label")}
    >
      <Page href={part("original")} icon={Code}>
        {t("messageMenu.original")}
      </Page>
      <File href={part("raw")} icon={Download}>
        {t("messageMenu.download")}
      </File>
      <File href={part("text")} icon={FileText}>
        {t("messageMenu.text")}
      </File>
      <li>
        <PrintLink href={part("print")} className={menuItem}>
          <Icon icon={Printer} />
          {t("messageMenu.print")}
        </PrintLink>
      </li>
      {from?.address && (
        <>
          <MenuLine />
          <li className="noscript:hidden">
            <CopyButton
              text={from.address}
              words={{ copied: t("messageMenu.copied"), notCopied: t("messageMenu.notCopied") }}
              className={menuItem}
            >
              <Icon icon={Copy} />
              {t("messageMenu.copyAddress")}
            </CopyButton>
          </li>
          <Page href={listPath(accountId, "all", { query: mailFromQuery(from.address) })} icon={Inbox}>
            {t("messageMenu.findFrom")}
          </Page>
          <Page href={listPath(accountId, "all", { query: mailToQuery(from.address) })} icon={Send}>
            {t("messageMenu.findTo")}
          </Page>
        </>
      )}
    </Menu>
  );
}

interface Item {
  readonly href: string;
  readonly icon: LucideIcon;
  readonly children: string;
}

function Page({ href, icon, children }: Item) {
  return (
    <li>
      <Link href={href} prefetch={false} className={menuItem}>
        <Icon icon={icon} />
        {children}
      </Link>
    </li>
  );
}

/** To be saved: the page stays. */
function File({ href, icon, children }: Item) {
  return (
    <li>
      <a href={href} download className={menuItem}>
        <Icon icon={icon} />
        {children}
      </a>
    </li>
  );
}

const Icon = ({ icon: One }: { readonly icon: LucideIcon }) => (
  <One size={16} strokeWidth={1.5} aria-hidden />
);
