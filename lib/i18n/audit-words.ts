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
    case "account-suspended":
      return `Suspended${cause ? `: ${cause.toLowerCase()}` : ""}`;
    case "account-resumed":
      return "Admitted again; use goes on";
    case "address-changed":
      return "Address changed at Google";
    case "sign-in-allowed":
      return "May sign its owner in";
    case "sign-in-disallowed":
      return "May no longer sign its owner in";
    case "holder-disconnect-requested":
      return "Disconnect asked for by whoever holds the Google account; use blocked";
    case "admission-ended":
      return "No longer admitted; use blocked";
    case "reconnecting-allowed":
      return "May be connected again";
    case "admin-refused":
      return "Came with an admin's address and another Google account than before: no admin";
    case "admin-unpinned":
      return "The operator lets another Google account be this admin";
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
