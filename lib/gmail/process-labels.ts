import type { Label, LabelCounts, LabelId } from "#lib/domain/mail.ts";
import { malformedAnswer } from "./gmail-error.ts";
import { requireJson, type WireAnswer } from "./judge-answer.ts";
import { countOf, nonEmpty, objectOf, objectsOf } from "./read-json.ts";

/**
 * All labels, without those that have no id.
 * @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels#Label
 */
export function processLabels(answer: WireAnswer): Label[] {
  return objectsOf(requireJson(answer).labels).flatMap((json) => {
    const id = nonEmpty(json.id);
    if (id === null) return [];
    const color = objectOf(json.color);
    const background = nonEmpty(color?.backgroundColor);
    const text = nonEmpty(color?.textColor);
    return {
      id: id as LabelId,
      name: nonEmpty(json.name) ?? id,
      type: json.type === "system" ? "system" : "user",
      color: background !== null && text !== null ? { background, text } : null,
      hiddenInList: json.labelListVisibility === "labelHide",
    };
  });
}

/** @throws GmailError */
export function processLabelCounts(answer: WireAnswer): LabelCounts {
  const json = requireJson(answer);
  if (nonEmpty(json.id) === null) throw malformedAnswer(answer.method, "label without id", answer.status);
  return { messagesTotal: countOf(json.messagesTotal), messagesUnread: countOf(json.messagesUnread) };
}
