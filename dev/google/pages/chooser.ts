import type { Google } from "../google.ts";
import { escapeHtml } from "../mailbox/markup.ts";
import type { AuthorizationRequest } from "../oauth/authorization-request.ts";
import { page } from "./layout.ts";

/** Who is signing in: one button per person. */
export function chooserPage(google: Google, request: AuthorizationRequest): string {
  const people = google.people
    .all()
    .filter((person) => !person.deleted)
    .map(
      ({ email, name }) =>
        `<li><button name="email" value="${escapeHtml(email)}">${escapeHtml(name)}<small>${escapeHtml(email)}</small></button></li>`,
    );
  return page(
    "Choose an account",
    `<h1>Choose an account</h1><p>to continue to Latchkey</p>
<form method="post" action="/o/oauth2/v2/auth/account"><input type="hidden" name="request" value="${escapeHtml(request.query)}">
<ul class="people">${people.join("")}</ul></form>`,
  );
}
