import type { ClientRefusalWord } from "../domain/client-refusal.ts";
import { number } from "./numbers.ts";

/** What whoever runs this server has to do. */
const remedies: Readonly<Record<ClientRefusalWord, string>> = {
  invalid_client:
    "GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is not one that Google knows: compare them with the client in the Google Cloud console. After that everything goes on by itself.",
  deleted_client:
    "The client was deleted in the Google Cloud console, or by Google after six months without use. It can be restored there for 30 days; after that everything goes on by itself.",
  disabled_client:
    "The client is disabled in the Google Cloud console. Enable it there; after that everything goes on by itself.",
  unauthorized_client:
    "These accounts gave their keys to another client than the one this server has now. Set the former GOOGLE_CLIENT_ID again, or have each owner reconnect: their pages offer it.",
};

export const clientRefusalRemedy = (word: ClientRefusalWord): string => remedies[word];

/** For admins, above the table of accounts. */
export const clientRefusalTitle = (accounts: number, since: string): string =>
  `Nothing is refreshed for ${accounts === 1 ? "one account" : `${number(accounts)} accounts`} since ${since}: Google refuses this Latchkey's OAuth client.`;

/** A few words beside an account's state. */
export const clientRefusalCause = "Google refuses the client";
