import "server-only";
import { cache } from "react";
import { labelViewOf } from "../domain/label-view.ts";
import type { AccountId } from "../domain/mail.ts";
import { type PageOutcome, readMessagePage } from "../use-cases/lists/read-message-page.ts";
import { reading } from "./reading.ts";

/** The list and its position show the same page: it is read once a request, and no longer when the visitor leaves. */
export const messagePage = cache(
  (accountId: AccountId, slug: string, query: string, cursor: string): Promise<PageOutcome> => {
    const view = labelViewOf(slug);
    if (!view) throw new Error("The page has checked this name.");
    return readMessagePage(accountId, { view, query, cursor }, reading(accountId));
  },
);
