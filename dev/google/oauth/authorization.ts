import { stringifySetCookie } from "cookie";
import type { Google } from "../google.ts";
import { type Answer, html, redirect } from "../http/answer.ts";
import { type Call, cookieOf, formOf } from "../http/call.ts";
import { chooserPage } from "../pages/chooser.ts";
import { consentPage } from "../pages/consent.ts";
import { requestErrorPage } from "../pages/request-error.ts";
import type { Person } from "../people.ts";
import {
  type AuthorizationRequest,
  type RequestError,
  readAuthorizationRequest,
  redirectTo,
} from "./authorization-request.ts";
import { isSignIn } from "./scopes.ts";

const cookie = "local_google_account";
const sevenDaysS = 7 * 24 * 3600;

/** `GET /o/oauth2/v2/auth`: the chooser, the consent screen, or straight back (docs/google.md §1). */
export function authorize(google: Google, call: Call): Answer {
  const request = readAuthorizationRequest(google, call.query);
  if ("code" in request) return requestErrorPage(request);
  if (/; wv\)|\bFBAN\b/.test(call.headers["user-agent"] ?? "")) return requestErrorPage(disallowedUseragent);
  const hinted = request.loginHint === null ? null : google.people.living(request.loginHint);
  if (request.prompts.has("none")) {
    const person = hinted ?? google.people.living(cookieOf(call, cookie) ?? "");
    if (!person) return redirect(redirectTo(request, { error: "login_required" }));
    return proceed(google, request, person, { silent: true, afterPost: false });
  }
  if (!hinted || request.prompts.has("select_account")) return html(200, chooserPage(google, request));
  return proceed(google, request, hinted, { silent: false, afterPost: false });
}

/** `POST /o/oauth2/v2/auth/account`: a person was chosen. */
export function chooseAccount(google: Google, call: Call): Answer {
  const form = formOf(call);
  const request = readAuthorizationRequest(google, new URLSearchParams(form.get("request") ?? ""));
  if ("code" in request) return requestErrorPage(request);
  const person = google.people.living(form.get("email") ?? "");
  if (!person) return html(200, chooserPage(google, request));
  return proceed(google, request, person, { silent: false, afterPost: true });
}

/** `POST /o/oauth2/v2/auth/consent`: "Allow", with the ticked permissions, or "Cancel". */
export function decideConsent(google: Google, call: Call): Answer {
  const form = formOf(call);
  const request = readAuthorizationRequest(google, new URLSearchParams(form.get("request") ?? ""));
  if ("code" in request) return requestErrorPage(request);
  const person = google.people.living(form.get("sub") ?? "");
  if (!person) return html(200, chooserPage(google, request));
  const blocked = blockOf(request, person, true);
  if (blocked) return blocked;
  if (form.get("action") !== "allow") return redirect(redirectTo(request, { error: "access_denied" }), true);
  const now = google.clock.now();
  const ticked = new Set(form.getAll("scope"));
  const before = google.grants.consentOf(person.sub, request.client.id, now)?.scopes ?? [];
  const shown = new Set(unanswered(request, before));
  const allowed = request.scopes.filter((scope) => isSignIn(scope) || !shown.has(scope) || ticked.has(scope));
  const unticked = [...shown].filter((scope) => !ticked.has(scope));
  const granted = [...new Set([...before, ...allowed])].filter((scope) => !unticked.includes(scope));
  const timeLimitSeconds = person.timeLimitSeconds ?? (google.settings.testing ? sevenDaysS : null);
  google.grants.rememberConsent({
    sub: person.sub,
    clientId: request.client.id,
    scopes: granted,
    expiresAtMs: timeLimitSeconds === null ? null : now + timeLimitSeconds * 1000,
  });
  google.changed();
  return back(google, request, person, { scopes: allowed, granted, consentSeen: true, afterPost: true });
}

const disallowedUseragent: RequestError = {
  status: 403,
  code: "disallowed_useragent",
  explanation: "This page was opened inside another app. Open it in a browser instead.",
};

function proceed(
  google: Google,
  request: AuthorizationRequest,
  person: Person,
  { silent, afterPost }: { silent: boolean; afterPost: boolean },
): Answer {
  const blocked = blockOf(request, person, afterPost);
  if (blocked) return blocked;
  const granted = google.grants.consentOf(person.sub, request.client.id, google.clock.now())?.scopes ?? null;
  const complete =
    granted !== null && request.scopes.every((scope) => isSignIn(scope) || granted.includes(scope));
  if (complete && !request.prompts.has("consent")) {
    return back(google, request, person, { scopes: request.scopes, granted, consentSeen: false, afterPost });
  }
  if (silent) return redirect(redirectTo(request, { error: "consent_required" }));
  return html(200, consentPage(request, person, unanswered(request, granted ?? [])));
}

/** The permissions the consent screen asks about: the new ones, or all of them when consent is forced. */
function unanswered(request: AuthorizationRequest, granted: string[]): string[] {
  return request.scopes.filter(
    (scope) => !isSignIn(scope) && (request.prompts.has("consent") || !granted.includes(scope)),
  );
}

/** What an organization's policy puts in the way: the admin's block goes back to the app, the others stay here. */
function blockOf(request: AuthorizationRequest, person: Person, afterPost: boolean): Answer | null {
  const foreign = request.client.internalTo !== undefined && request.client.internalTo !== person.hd;
  const block = person.policyBlock ?? (foreign ? "org_internal" : null);
  if (block === null) return null;
  if (block === "admin_policy_enforced") return redirect(redirectTo(request, { error: block }), afterPost);
  if (block === "disallowed_useragent") return requestErrorPage(disallowedUseragent);
  return requestErrorPage({
    status: 403,
    code: block,
    explanation: "This app is only for people of the organization that made it.",
  });
}

function back(
  google: Google,
  request: AuthorizationRequest,
  person: Person,
  of: { scopes: string[]; granted: string[]; consentSeen: boolean; afterPost: boolean },
): Answer {
  const scopes = request.includeGranted ? [...new Set([...of.scopes, ...of.granted])] : of.scopes;
  const code = google.codes.issue(
    {
      clientId: request.client.id,
      redirectUri: request.redirectUri,
      sub: person.sub,
      scopes,
      nonce: request.nonce,
      challenge: request.challenge,
      withRefreshToken: of.consentSeen && request.offline,
      timeLimitSeconds: person.timeLimitSeconds,
    },
    google.clock.now(),
  );
  const to = redirectTo(request, {
    code,
    scope: scopes.join(" "),
    authuser: "0",
    ...(person.hd ? { hd: person.hd } : {}),
    prompt: of.consentSeen ? "consent" : "none",
  });
  return redirect(to, of.afterPost, {
    "Set-Cookie": stringifySetCookie({
      name: cookie,
      value: person.sub,
      path: "/o/oauth2",
      httpOnly: true,
      sameSite: "lax",
    }),
  });
}
