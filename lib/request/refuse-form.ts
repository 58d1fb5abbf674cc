import "server-only";
import { perProcess } from "../domain/per-process.ts";
import { languageOfHeaders } from "../i18n/header-language.ts";
import { wordsIn } from "../i18n/words.ts";
import { log } from "../telemetry/log.ts";
import { ownOrigin } from "./own-origin.ts";

/** Each origin is told once: whoever runs this server learns of a wrong address, and nobody fills its log. */
const toldAtMost = 50;

const foreignOrigins = perProcess("foreign-origins", () => new Set<string>());

/**
 * The answer to a form that is not known to come from one of our own pages: a page that says so and names the right
 * address, for people who came by another one.
 */
export function refuseForm(headers: Headers): Response {
  tellOnce(headers.get("origin"));
  const t = wordsIn(languageOfHeaders(headers.get("cookie"), headers.get("accept-language")));
  const title = t("formRefused.title");
  const text = t.markup("formRefused.text", {
    address: ownOrigin(),
    link: (address) => `<a href="${address}/">${address}</a>`,
  });
  const page = `<!doctype html><html lang="${t.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style>
<main><h1>${t("sentence", { title })}</h1><p role="alert">${text}</p></main></html>
`;
  return new Response(page, {
    status: 403,
    headers: {
      "cache-control": "no-store",
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
  });
}

const style =
  ":root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}main{max-width:26rem;margin:20vh auto;padding:0 1.5rem}";

function tellOnce(origin: string | null): void {
  const told = foreignOrigins();
  const came = (origin ?? "none").slice(0, 200).replace(/[^\x20-\x7e]/g, "?");
  if (told.has(came) || told.size >= toldAtMost) return;
  told.add(came);
  log.warn(
    { event: "form.refused", origin: came, expected: ownOrigin() },
    "a form came from another origin than NEXTAUTH_URL's",
  );
}
