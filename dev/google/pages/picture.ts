import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import { escapeHtml } from "../mailbox/markup.ts";

/** `/picture/{sub}.svg`: a person's initials. */
export function pictureOf(google: Google, path: string): Answer {
  const person = google.people.bySub(path.slice("/picture/".length).replace(/\.svg$/, ""));
  if (!person) return json(404, { error: "not_found" });
  const initials = person.name
    .split(" ")
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("");
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><rect width="96" height="96" fill="#f8f1e2"/><text x="48" y="60" text-anchor="middle" font-family="sans-serif" font-size="36" fill="#8a5f17">${escapeHtml(initials)}</text></svg>`;
  return {
    status: 200,
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=3600" },
    body,
  };
}
