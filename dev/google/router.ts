import { control } from "./control/api.ts";
import { controlForm } from "./control/form.ts";
import type { FaultTarget } from "./faults.ts";
import { callGmail, methodName, personOfToken } from "./gmail/api.ts";
import { callBatch } from "./gmail/batch.ts";
import type { Google } from "./google.ts";
import { type Answer, html, json } from "./http/answer.ts";
import { type Call, formOf } from "./http/call.ts";
import { refuseOtherHost, refuseOtherOrigin } from "./http/own-visitor.ts";
import { authorize, chooseAccount, decideConsent } from "./oauth/authorization.ts";
import { certificates, discovery, riscConfiguration } from "./oauth/discovery.ts";
import { revoke } from "./oauth/revoke.ts";
import { token } from "./oauth/token-endpoint.ts";
import { userinfo } from "./oauth/userinfo.ts";
import { controlPage } from "./pages/control.ts";
import { pictureOf } from "./pages/picture.ts";
import type { Random } from "./random.ts";

/** A route, with what faults and counters need to know of the call before it runs. */
export interface Routed {
  /** Null for the control pages, which never fail. */
  target: FaultTarget | null;
  /** What the counters call it; null when the route counts for itself. */
  name: string | null;
  email: string | null;
  method: string | null;
  run(options: { refuseParts: number; retryAfterSeconds?: number | undefined }): Answer | Promise<Answer>;
}

export function route(google: Google, call: Call, random: Random): Routed {
  const { path, method } = call;
  const own = (run: Routed["run"]): Routed => ({ target: null, name: null, email: null, method: null, run });
  const misdirected = refuseOtherHost(google.origin, call.headers);
  if (misdirected) return own(() => misdirected);
  if (path.startsWith("/gmail/v1/")) return gmail(google, call);
  if (path === "/batch/gmail/v1" || path === "/batch") return batch(google, call, random);
  if (path.startsWith("/o/oauth2/")) return authorization(google, call);
  if (path === "/token") return tokenEndpoint(google, call);
  if (path === "/revoke") {
    const email = emailOfToken(google, formOf(call).get("token") ?? call.query.get("token") ?? "");
    return { target: "revoke", name: "revoke", email, method: null, run: () => revoke(google, call) };
  }
  if (path === "/v1/userinfo") {
    const email = personOfToken(google, call.headers.authorization)?.email ?? null;
    return { target: "userinfo", name: "userinfo", email, method: null, run: () => userinfo(google, call) };
  }
  const page = (name: string, run: () => Answer): Routed => ({
    target: "discovery",
    name,
    email: null,
    method: null,
    run,
  });
  if (path === "/.well-known/openid-configuration") return page("discovery", () => discovery(google));
  if (path === "/.well-known/risc-configuration")
    return page("risc-configuration", () => riscConfiguration(google));
  if (path === "/oauth2/v3/certs") return page("certs", () => certificates(google));
  if (path.startsWith("/picture/")) return own(() => pictureOf(google, path));
  const isPage = path === "/" && method === "GET";
  if (isPage || path.startsWith("/control/")) {
    const foreign = refuseOtherOrigin(call);
    if (foreign) return own(() => foreign);
    if (isPage) return own(() => controlPageAnswer(google, call));
    if (path === "/control/form" && method === "POST") return own(() => controlForm(google, call));
    return own(() => control(google, call));
  }
  return own(() => json(404, { error: "not_found" }));
}

/** Its buttons are known by their origin, which browsers leave out under "no-referrer". */
function controlPageAnswer(google: Google, call: Call): Answer {
  return html(200, controlPage(google, call.query.get("done")), { "Referrer-Policy": "same-origin" });
}

function gmail(google: Google, call: Call): Routed {
  const { method, path, query, headers, body } = call;
  const person = personOfToken(google, headers.authorization);
  return {
    target: "gmail",
    name: null,
    email: person?.email ?? null,
    method: methodName(method, path),
    run: () => callGmail(google, { method, path, query, authorization: headers.authorization, body }),
  };
}

function batch(google: Google, call: Call, random: Random): Routed {
  const email = personOfToken(google, call.headers.authorization)?.email ?? null;
  return {
    target: "batch",
    name: null,
    email,
    method: "batch",
    run: (options) => callBatch(google, call, random, options),
  };
}

function authorization(google: Google, call: Call): Routed {
  const form = call.method === "POST" ? formOf(call) : call.query;
  const hint = form.get("email") ?? form.get("sub") ?? form.get("login_hint") ?? "";
  const email = google.people.living(hint)?.email ?? null;
  const of = (name: string, run: () => Answer): Routed => ({
    target: "authorization",
    name,
    email,
    method: null,
    run,
  });
  if (call.path === "/o/oauth2/v2/auth" && call.method === "GET")
    return of("authorization", () => authorize(google, call));
  if (call.path === "/o/oauth2/v2/auth/account" && call.method === "POST")
    return of("account", () => chooseAccount(google, call));
  if (call.path === "/o/oauth2/v2/auth/consent" && call.method === "POST")
    return of("consent", () => decideConsent(google, call));
  return of("authorization", () => json(404, { error: "not_found" }));
}

function tokenEndpoint(google: Google, call: Call): Routed {
  const form = formOf(call);
  const grantType = form.get("grant_type") ?? "none";
  const sub = google.codes.peek(form.get("code") ?? "")?.sub ?? null;
  const email = sub
    ? (google.people.bySub(sub)?.email ?? null)
    : emailOfToken(google, form.get("refresh_token") ?? "");
  return {
    target: "token",
    name: `token.${grantType}`,
    email,
    method: grantType,
    run: () => token(google, call),
  };
}

function emailOfToken(google: Google, value: string): string | null {
  const of = google.grants.refreshToken(value) ?? google.grants.accessToken(value);
  return of ? (google.people.bySub(of.sub)?.email ?? null) : null;
}
