import { escapeHtml } from "../mailbox/markup.ts";
import type { AuthorizationRequest } from "../oauth/authorization-request.ts";
import { permissionText } from "../oauth/scopes.ts";
import type { Person } from "../people.ts";
import { page } from "./layout.ts";

/** What the app asks for, each permission with its own tick box. */
export function consentPage(request: AuthorizationRequest, person: Person, asked: string[]): string {
  const boxes = asked.map(
    (scope) =>
      `<label class="permission"><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked><span>${escapeHtml(permissionText(scope))}</span></label>`,
  );
  const permissions =
    boxes.length > 0
      ? `<fieldset><legend>Select what Latchkey can do</legend>${boxes.join("")}</fieldset>`
      : "";
  const limited =
    person.timeLimitSeconds === null
      ? ""
      : `<p>Access ends by itself after ${escapeHtml(durationText(person.timeLimitSeconds))}.</p>`;
  return page(
    "Allow access",
    `<h1>Latchkey wants access to your account</h1><p>${escapeHtml(person.name)}, ${escapeHtml(person.email)}</p>
<p>Latchkey will see your name, email address and picture.</p>
<form method="post" action="/o/oauth2/v2/auth/consent"><input type="hidden" name="request" value="${escapeHtml(request.query)}"><input type="hidden" name="sub" value="${person.sub}">
${permissions}${limited}<div class="actions"><button class="main" name="action" value="allow">Allow</button><button name="action" value="cancel">Cancel</button></div></form>`,
  );
}

function durationText(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} days`;
  return seconds % 3600 === 0 ? `${seconds / 3600} hours` : `${Math.round(seconds / 60)} minutes`;
}
