import "server-only";
import { cache } from "react";
import type { AccountId } from "../domain/mail.ts";
import type { MailList } from "../domain/mail-list.ts";
import { readMessagePage } from "../use-cases/lists/read-message-page.ts";
import { requestCopy } from "./request-copy.ts";

/** The list and its position show the same page: it is read once a request, and no longer when the visitor leaves. */
export const messagePage = cache((accountId: AccountId, list: MailList, query: string, cursor: string) =>
  readMessagePage(requestCopy(accountId), { list, query, cursor }),
);
