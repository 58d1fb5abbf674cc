import type { Google } from "../google.ts";
import { type Client, isRegisteredRedirect } from "../options.ts";
import { parseScopes } from "./scopes.ts";

export interface AuthorizationRequest {
  client: Client;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  challenge: { value: string; method: "S256" | "plain" } | null;
  prompts: ReadonlySet<string>;
  loginHint: string | null;
  offline: boolean;
  includeGranted: boolean;
  /** The query it came in, to carry through the pages. */
  query: string;
}

/** Shown on Google's own page: the redirect URI cannot be trusted, or the app must not learn of it. */
export interface RequestError {
  status: number;
  code: string;
  explanation: string;
}

/**
 * Read an authorization request.
 * @see https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
 */
export function readAuthorizationRequest(
  google: Google,
  query: URLSearchParams,
): AuthorizationRequest | RequestError {
  const client = google.clients.find(({ id }) => id === query.get("client_id"));
  if (!client) return { status: 401, code: "invalid_client", explanation: "The OAuth client was not found." };
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!isRegisteredRedirect(client, redirectUri)) {
    return {
      status: 400,
      code: "redirect_uri_mismatch",
      explanation: `The redirect URI in the request, ${redirectUri}, does not match the ones registered for this client.`,
    };
  }
  if (query.get("response_type") !== "code") {
    return { status: 400, code: "unsupported_response_type", explanation: "response_type must be code." };
  }
  const scopes = parseScopes(query.get("scope") ?? "");
  if (scopes === null || scopes.length === 0) {
    return {
      status: 400,
      code: "invalid_scope",
      explanation: "Some requested scopes were invalid or missing.",
    };
  }
  const challenge = query.get("code_challenge");
  const method = query.get("code_challenge_method") ?? "plain";
  if (challenge !== null && method !== "S256" && method !== "plain") {
    return { status: 400, code: "invalid_request", explanation: `Unknown code_challenge_method ${method}.` };
  }
  return {
    client,
    redirectUri,
    scopes,
    state: query.get("state"),
    nonce: query.get("nonce"),
    challenge: challenge === null ? null : { value: challenge, method: method as "S256" | "plain" },
    prompts: new Set((query.get("prompt") ?? "").split(/\s+/).filter(Boolean)),
    loginHint: query.get("login_hint"),
    offline: query.get("access_type") === "offline",
    includeGranted: query.get("include_granted_scopes") === "true",
    query: query.toString(),
  };
}

/** The redirect back to the app, with the state it sent. */
export function redirectTo(request: AuthorizationRequest, parameters: Record<string, string>): string {
  const url = new URL(request.redirectUri);
  if (request.state !== null) url.searchParams.set("state", request.state);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
