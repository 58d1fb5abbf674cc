import "server-only";
import { cache } from "react";
import type { AccountId } from "../domain/mail.ts";
import { openCopyToRead, type RequestCopy } from "../use-cases/copy/open-copy.ts";
import { requestSignal } from "./request-signal.ts";

/** A request's look into a copy: the list and the rail share it. */
export const requestCopy = cache((accountId: AccountId): RequestCopy => {
  const copy = openCopyToRead(accountId);
  copy.catch(() => {}); // Whoever awaits it deals with it.
  return { accountId, copy, signal: requestSignal() };
});
