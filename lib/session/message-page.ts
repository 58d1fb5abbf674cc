import "server-only";
import { cache } from "react";
import type { AccountId } from "../domain/mail.ts";
import { labelViewOf } from "../use-cases/label-view.ts";
import { type PageOutcome, readMessagePage } from "../use-cases/read-message-page.ts";
import { reading } from "./reading.ts";

/** The list and its position show the same page: it is read once a request, and no longer when the visitor leaves. */
export const messagePage = cache(
  (accountId: AccountId, slug: string, query: string, cursor: string): Promise<PageOutcome> => {
    const view = labelViewOf(slug);
    if (!view) throw new Error("The page has checked this name.");
    return readMessagePage(accountId, { view, query, cursor }, reading(accountId));
  },
);
