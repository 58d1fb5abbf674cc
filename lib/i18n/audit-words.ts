import type { AuditEvent, OwnReason } from "../domain/audit-event.ts";
import { causeWords } from "./account-words.ts";
import type { Words } from "./words.ts";

/** An event of the audit trail in a few words. */
export function auditWords(t: Words, { action, status }: Pick<AuditEvent, "action" | "status">): string {
  const cause = status ? causeWords(t, status) : "";
  if (cause === "") return t(`audit.${action}`);
  switch (action) {
    case "account-connected":
      return t("audit.account-connected-unusable", { cause });
    case "account-needs-consent":
    case "account-suspended":
      return t(`audit.${action}-because`, { cause });
    default:
      return t(`audit.${action}`);
  }
}

/** Why Latchkey itself did something. */
export function becauseWords(t: Words, because: OwnReason): string {
  switch (because.kind) {
    case "not-admitted":
      return t("audit.because.not-admitted", { days: because.days });
    case "key-lost":
      return t("audit.because.key-lost", { keyId: because.keyId });
    case "renamed":
      return t("audit.because.renamed", { email: because.email });
    case "not-told":
      return t("audit.because.not-told");
    default:
      return because satisfies never;
  }
}

const ownActors = ["system", "operator"] as const;

/** Who did it: an address; or this Latchkey itself, or whoever runs it. */
export function actorWords(t: Words, actor: string): string {
  const own = ownActors.find((name) => name === actor);
  return own ? t(`audit.actor.${own}`) : actor;
}
