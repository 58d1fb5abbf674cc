import { type Answer, html } from "../http/answer.ts";
import { escapeHtml } from "../mailbox/markup.ts";
import type { RequestError } from "../oauth/authorization-request.ts";
import { page } from "./layout.ts";

/** Google's own error page: nothing is sent back to the app. */
export function requestErrorPage({ status, code, explanation }: RequestError): Answer {
  return html(
    status,
    page(
      "Access blocked",
      `<h1>Access blocked</h1><p>${escapeHtml(explanation)}</p><p>Error ${status}: <code>${escapeHtml(code)}</code></p>`,
    ),
  );
}
