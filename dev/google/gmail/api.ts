import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import { bearerOf } from "../http/call.ts";
import { decoded } from "../http/decode.ts";
import type { AccessToken } from "../oauth/grants.ts";
import { gmailFull, gmailLabels, gmailMetadata, gmailModify, gmailReadonly } from "../oauth/scopes.ts";
import type { Person } from "../people.ts";
import { getAttachment } from "./attachments.ts";
import type { GmailContext } from "./context.ts";
import * as errors from "./errors.ts";
import { selectFields } from "./fields.ts";
import { listHistory } from "./history-list.ts";
import { getLabel, listLabels } from "./labels-api.ts";
import { getMessage } from "./messages-get.ts";
import { listMessages } from "./messages-list.ts";
import { getProfile } from "./profile.ts";
import { type QuotaLimit, unitsByMethod } from "./quota.ts";
import { getThread, listThreads } from "./threads.ts";
import { stopWatch, watch } from "./watch.ts";

export interface GmailCall {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  body: Buffer;
}

interface Route {
  method: "GET" | "POST";
  path: RegExp;
  name: string;
  scopes: string[];
  run(context: GmailContext): unknown;
}

const readScopes = [gmailReadonly, gmailModify, gmailFull];
const headerScopes = [...readScopes, gmailMetadata];

const routes: Route[] = [
  { method: "GET", path: /^messages$/, name: "messages.list", scopes: headerScopes, run: listMessages },
  { method: "GET", path: /^messages\/([^/]+)$/, name: "messages.get", scopes: headerScopes, run: getMessage },
  {
    method: "GET",
    path: /^messages\/([^/]+)\/attachments\/([^/]+)$/,
    name: "messages.attachments.get",
    scopes: readScopes,
    run: getAttachment,
  },
  { method: "GET", path: /^threads$/, name: "threads.list", scopes: headerScopes, run: listThreads },
  { method: "GET", path: /^threads\/([^/]+)$/, name: "threads.get", scopes: headerScopes, run: getThread },
  {
    method: "GET",
    path: /^labels$/,
    name: "labels.list",
    scopes: [...headerScopes, gmailLabels],
    run: listLabels,
  },
  {
    method: "GET",
    path: /^labels\/([^/]+)$/,
    name: "labels.get",
    scopes: [...headerScopes, gmailLabels],
    run: getLabel,
  },
  { method: "GET", path: /^profile$/, name: "getProfile", scopes: headerScopes, run: getProfile },
  { method: "GET", path: /^history$/, name: "history.list", scopes: headerScopes, run: listHistory },
  { method: "POST", path: /^watch$/, name: "watch", scopes: headerScopes, run: watch },
  { method: "POST", path: /^stop$/, name: "stop", scopes: headerScopes, run: stopWatch },
];

const root = /^\/gmail\/v1\/users\/([^/]+)\/(.+)$/;

/** The name of the Gmail method a path stands for, or null. */
export function methodName(method: string, path: string): string | null {
  return routeOf(method, path)?.route.name ?? null;
}

/** Who a bearer token belongs to, alive or not: for faults and counters. */
export function personOfToken(google: Google, authorization: string | undefined): Person | null {
  const access = google.grants.accessToken(bearerOf(authorization) ?? "");
  return access ? google.people.bySub(access.sub) : null;
}

/** The person and token behind an `Authorization` header; throws the API's 401. */
export function authenticate(
  google: Google,
  authorization: string | undefined,
): { person: Person; access: AccessToken } {
  if (authorization === undefined) throw errors.loginRequired();
  const access = google.grants.accessToken(bearerOf(authorization) ?? "");
  const person = access ? google.people.bySub(access.sub) : null;
  if (!access || !person || person.deleted || access.expiresAtMs <= google.clock.now()) {
    throw errors.invalidCredentials();
  }
  return { person, access };
}

/** One call of the Gmail API, alone or as a part of a batch. */
export async function callGmail(google: Google, call: GmailCall): Promise<Answer> {
  const found = routeOf(call.method, call.path);
  if (!found)
    return { status: 404, headers: { "Content-Type": "text/html; charset=UTF-8" }, body: notFoundPage };
  const { route, userId, parameters } = found;
  let answer: Answer;
  try {
    answer = json(200, await run(google, call, route, userId, parameters));
  } catch (error) {
    if (!(error instanceof errors.ApiError)) throw error;
    answer = error.answer();
  }
  google.counters.called(route.name, personOfToken(google, call.authorization)?.email ?? null);
  google.counters.answered(route.name, answer.status);
  return answer.status === 200 && route.name === "stop" ? { ...answer, status: 204, body: "" } : answer;
}

async function run(
  google: Google,
  call: GmailCall,
  route: Route,
  userId: string,
  parameters: string[],
): Promise<unknown> {
  const { person, access } = authenticate(google, call.authorization);
  if (userId !== "me" && userId.toLowerCase() !== person.email.toLowerCase()) {
    throw new errors.ApiError(403, { reason: "forbidden", message: `Delegation denied for ${person.email}` });
  }
  if (person.gmailDisabled) throw errors.forbidden("domainPolicy");
  if (!route.scopes.some((scope) => access.scopes.includes(scope))) {
    throw errors.insufficientScopes(`gmail.users.${route.name}`);
  }
  const limit = google.quota.spend(access.clientId, person.sub, unitsByMethod[route.name] ?? 1);
  if (limit !== null) throw overQuota(google, limit);
  google.counters.spent(unitsByMethod[route.name] ?? 1);
  const odd = oddly(google, parameters[0] ?? "");
  if (odd) return odd;
  const value = await route.run({
    google,
    person,
    mailbox: google.mailboxes.of(person),
    query: call.query,
    parameters,
    body: call.body,
    metadataOnly: !access.scopes.some((scope) => readScopes.includes(scope)),
  });
  return selectFields(value, call.query.get("fields"));
}

/** What a message that can't be read answers; null for all others. */
function oddly({ settings }: Google, id: string): unknown {
  if (settings.unreadable.includes(id)) throw errors.backendError(500);
  switch (settings.broken[id]) {
    case "missing":
      throw errors.notFound();
    case "hanging":
      throw new errors.NeverAnswered();
    case "malformed":
      return { kind: "gmail#message" };
    case undefined:
      return null;
  }
}

function routeOf(
  method: string,
  path: string,
): { route: Route; userId: string; parameters: string[] } | null {
  const [, userId = "", rest = ""] = root.exec(path) ?? [];
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(rest) : null;
    if (match) {
      return {
        route,
        userId: decoded(userId),
        parameters: match.slice(1).map(decoded),
      };
    }
  }
  return null;
}

/** Google says the same thing in several ways; so does this, in turn. */
function overQuota(google: Google, limit: QuotaLimit): errors.ApiError {
  if (limit === "day") return errors.forbidden("dailyLimitExceeded");
  const turn = google.quota.refused();
  if (turn % 4 === 1) return errors.forbidden("rateLimitExceeded");
  if (turn % 4 === 2)
    return errors.forbidden(limit === "user" ? "userRateLimitExceeded" : "rateLimitExceeded", 7);
  return errors.tooManyRequests(turn % 4 === 3 ? 5 : undefined);
}

const notFoundPage =
  "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)</title><p>404. That is an error. The requested URL was not found on this server.</html>";
