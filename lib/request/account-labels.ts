import "server-only";
import { cache } from "react";
import type { AccountId } from "../domain/mail.ts";
import { type LabelsOutcome, readLabelCounts, readLabels } from "../use-cases/lists/read-labels.ts";
import { reading } from "./reading.ts";
import { visitorSignal } from "./visitor.ts";

/** Asked for by the rail and by the list; read once a request, and no longer when the visitor leaves. */
export const accountLabels = cache((accountId: AccountId) => readLabels(accountId, reading(accountId)));

/** The same with a count for each label that the rail shows one for. */
export const accountLabelCounts = cache((accountId: AccountId, known: Extract<LabelsOutcome, { ok: true }>) =>
  readLabelCounts(accountId, known, visitorSignal()),
);
