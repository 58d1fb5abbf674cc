import "server-only";
import { cache } from "react";
import type { AccountId } from "../domain/mail.ts";
import { type LabelsOutcome, readLabelCounts, readLabels } from "../use-cases/lists/read-labels.ts";
import { requestCopy } from "./request-copy.ts";
import { requestSignal } from "./request-signal.ts";

/** The account's labels, for the rail and the list: read once a request, and given up when the visitor leaves. */
export const accountLabels = cache((accountId: AccountId) => readLabels(requestCopy(accountId)));

/** The account's labels with a count for each that the rail shows one for; read once a request. */
export const accountLabelCounts = cache((accountId: AccountId, known: Extract<LabelsOutcome, { ok: true }>) =>
  readLabelCounts(accountId, known, requestSignal()),
);
