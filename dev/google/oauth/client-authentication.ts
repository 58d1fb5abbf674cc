import { timingSafeEqual } from "node:crypto";
import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { Client } from "../options.ts";
import type { ClientRefusalWord } from "./client-refusals.ts";

const descriptions: Record<ClientRefusalWord, string> = {
  invalid_client: "The OAuth client was not found.",
  unauthorized_client: "Unauthorized",
  deleted_client: "The OAuth client was deleted.",
  disabled_client: "The OAuth client was disabled.",
};

export const refusedClient = (word: ClientRefusalWord): Answer =>
  json(401, { error: word, error_description: descriptions[word] });

/** The client that calls, by `client_secret_basic` or `client_secret_post`; otherwise 401 `invalid_client`. */
export function clientOf(google: Google, call: Call, form: URLSearchParams): Client | Answer {
  const basic = /^Basic +(\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  let [id, secret] = [form.get("client_id") ?? "", form.get("client_secret") ?? ""];
  if (basic !== undefined) {
    const [user = "", ...password] = Buffer.from(basic, "base64").toString("utf8").split(":");
    [id, secret] = [formDecoded(user), formDecoded(password.join(":"))];
  }
  const client = google.clients.find((one) => one.id === id);
  if (!client) return invalidClient("The OAuth client was not found.");
  return isSame(client.secret, secret) ? client : invalidClient("The provided client secret is invalid.");
}

export function invalidClient(description: string): Answer {
  return json(401, { error: "invalid_client", error_description: description });
}

/** Both halves of the Basic credentials are form-encoded. @see RFC 6749 section 2.3.1 */
function formDecoded(value: string): string {
  return new URLSearchParams(`v=${value}`).get("v") ?? "";
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
