import type { AuditEvent } from "../domain/audit-event.ts";
import { causeWords } from "./account-words.ts";

/** An event of the audit trail in a few words. */
export function auditWords({ action, status }: Pick<AuditEvent, "action" | "status">): string {
  const cause = status ? causeWords(status) : "";
  switch (action) {
    case "account-connected":
      return cause ? `Connected, but not usable yet (${cause.toLowerCase()})` : "Connected";
    case "account-reconnected":
      return "Reconnected";
    case "account-needs-consent":
      return `Needs consent${cause ? `: ${cause.toLowerCase()}` : ""}`;
    case "disconnect-requested":
      return "Disconnect asked for; use blocked";
    case "revocation-requested":
      return "Access withdrawn by an admin; use blocked";
    case "account-destroyed":
      return "Google confirmed; key and rows destroyed";
    default:
      return action satisfies never;
  }
}
