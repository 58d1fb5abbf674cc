import { labelIdOf } from "../domain/ids.ts";
import type { Label, LabelCounts } from "../domain/mail.ts";
import { malformedAnswer } from "./gmail-error.ts";
import { countOf, nonEmpty, objectOf, requireJson, requireObjects, type WireAnswer } from "./read-answer.ts";
import { systemLabels } from "./system-labels.ts";

/**
 * All labels. Strict: the copy takes a label that is not in the list for deleted.
 * @throws GmailError also for a list without Gmail's own labels, a label twice, or one without id or name
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels#Label
 */
export function processLabels(answer: WireAnswer): Label[] {
  const json = requireJson(answer);
  const malformed = (what: string) => malformedAnswer(answer.method, what, answer.status);
  const labels = (requireObjects(json.labels) ?? []).map((one) => {
    const [id, name] = [nonEmpty(one.id), nonEmpty(one.name)];
    if (id === null || name === null) throw malformed("label without id or name");
    const color = objectOf(one.color);
    const background = nonEmpty(color?.backgroundColor);
    const text = nonEmpty(color?.textColor);
    return {
      id: labelIdOf(id),
      name,
      type: one.type === "system" ? ("system" as const) : ("user" as const),
      color: background !== null && text !== null ? { background, text } : null,
      hiddenInList: one.labelListVisibility === "labelHide",
    };
  });
  const ids = new Set<string>(labels.map(({ id }) => id));
  if (ids.size < labels.length || systemLabels.some((id) => !ids.has(id))) throw malformed("not all labels");
  return labels;
}

/** @throws GmailError */
export function processLabelCounts(answer: WireAnswer): LabelCounts {
  const json = requireJson(answer);
  if (nonEmpty(json.id) === null) throw malformedAnswer(answer.method, "label without id", answer.status);
  return { messagesTotal: countOf(json.messagesTotal), messagesUnread: countOf(json.messagesUnread) };
}
