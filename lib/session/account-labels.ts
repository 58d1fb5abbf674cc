import "server-only";
import { cache } from "react";
import type { AccountId, LabelId } from "../domain/mail.ts";
import { readLabelCounts, readLabels } from "../use-cases/read-labels.ts";
import { visitorSignal } from "./visitor.ts";

/** Asked for by the rail and by the list; fetched once a request, and no longer when the visitor leaves. */
export const accountLabels = cache((accountId: AccountId) => readLabels(accountId, visitorSignal()));

/** @param ids label ids, separated by spaces: `cache` compares its arguments as they are */
export const accountLabelCounts = cache((accountId: AccountId, ids: string) =>
  readLabelCounts(accountId, ids.split(" ").filter(Boolean) as LabelId[], visitorSignal()),
);
