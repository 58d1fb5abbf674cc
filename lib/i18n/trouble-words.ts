import type { ConsentCause } from "../domain/account.ts";
import type { Trouble } from "../domain/trouble.ts";
import { counted } from "./numbers.ts";

/** What a reader is told, and whether Reconnect, a retry or nothing helps. */
export interface TroubleWords {
  readonly title: string;
  readonly text: string;
  readonly remedy: "reconnect" | "retry" | "none";
}

const consent: Readonly<Record<ConsentCause, { title: string; text: string }>> = {
  "no-refresh-token": {
    title: "Google has to ask once more",
    text: "Google let you in and gave no lasting key, which it only does after showing its consent page. Reconnect shows that page once.",
  },
  "scope-missing": {
    title: "The permission to read mail is missing",
    text: "“Read your email messages and settings” was not ticked on Google's consent page. Latchkey cannot show mail without it, and asks for nothing else.",
  },
  "revoked-by-user": {
    title: "Latchkey's access was revoked at Google",
    text: "The key that Latchkey kept for this account no longer opens anything. Reconnect gives it a new one.",
  },
  expired: {
    title: "The consent for this account has run out",
    text: "It was given for a limited time, or not used for six months. Reconnect renews it.",
  },
  policy: {
    title: "Your organization asks you to sign in again",
    text: "A Workspace session policy has ended Latchkey's access. Reconnect renews it.",
  },
  unknown: {
    title: "Google no longer accepts Latchkey's key",
    text: "This happens after a password change, for example. Reconnect gives Latchkey a new one.",
  },
};

export const consentWords = (cause: ConsentCause) => consent[cause];

/** What follows "This is your mail as of 09:12;": whether more comes by itself. */
const hopes: Readonly<Record<TroubleWords["remedy"], string>> = {
  retry: "new mail comes in by itself as soon as it can.",
  reconnect: "new mail comes in once you have reconnected.",
  none: "new mail comes in as soon as that is mended.",
};

/** The same for a reader whose mail is shown all the same, as it was a while ago. */
export function staleWords(trouble: Trouble): TroubleWords & { readonly hope: string } {
  const words = troubleWords(trouble);
  const text = { "google-not-answering": "", "rate-limited": endWords(untilOf(trouble)) };
  const short = trouble.kind in text ? text[trouble.kind as keyof typeof text] : words.text;
  return { ...words, text: short, hope: hopes[words.remedy] };
}

const untilOf = (trouble: Trouble): number | null =>
  trouble.kind === "rate-limited" ? trouble.untilMs : null;

/** When a pause ends, as a person counts: it does so by itself. */
function endWords(untilMs: number | null): string {
  const seconds = untilMs === null ? 60 : Math.ceil((untilMs - Date.now()) / 1000);
  if (seconds <= 0) return "The pause is over.";
  if (untilMs === null || seconds === 60) return "The pause ends by itself within a minute.";
  if (seconds < 60) return `The pause ends by itself in ${counted(seconds, "second", "seconds")}.`;
  return `The pause ends by itself in about ${counted(Math.ceil(seconds / 60), "minute", "minutes")}.`;
}

/** What a message adds whose text nobody has fetched. */
export const neverOpened = "This message was not opened before: only its beginning is here.";

/** What a search that Google did not answer adds: only Google can search, and the rest is here. */
export const searchNeedsGoogle = "A search needs Google; your lists are here without it.";

const operator: Readonly<Record<Extract<Trouble, { kind: "operator" }>["what"], TroubleWords>> = {
  "api-disabled": {
    title: "The Gmail API is not enabled",
    text: "Whoever runs this Latchkey has to enable the Gmail API in their Google Cloud project.",
    remedy: "none",
  },
  "client-refused": {
    title: "Google refuses this Latchkey",
    text: "Whoever runs it has to mend its OAuth client at Google. Your account stays connected, and there is nothing that you have to do.",
    remedy: "retry",
  },
  "client-changed": {
    title: "Google does not take Latchkey's key any more",
    text: "Whoever runs this Latchkey has changed its OAuth client at Google, and the key to this account belongs to the one before. Reconnect gives it a new one.",
    remedy: "reconnect",
  },
  "project-refused": {
    title: "Google refuses this Latchkey's project",
    text: "Whoever runs this Latchkey has to look at their Google Cloud project: it is suspended, has no billing, or is closed to this server.",
    remedy: "none",
  },
};

export function troubleWords(trouble: Trouble): TroubleWords {
  switch (trouble.kind) {
    case "account":
      return accountTrouble(trouble.status);
    case "google-not-answering":
      return {
        title: "Google is not answering",
        text: "Your account stays connected. This passes by itself; trying again costs nothing.",
        remedy: "retry",
      };
    case "rate-limited":
      return {
        title: "Google asks for a pause",
        text: `This account has used up its requests for the moment. ${endWords(trouble.untilMs)}`,
        remedy: "retry",
      };
    case "daily-limit":
      return {
        title: "Google's daily limit is reached",
        text: "Latchkey may not ask Google again until tomorrow. Your admin can have the limit raised.",
        remedy: "none",
      };
    case "operator":
      return operator[trouble.what];
    case "key-missing":
      return {
        title: "This server lacks a key",
        text: `What it keeps of this account is sealed, and the key “${trouble.keyId}” that opens it is not here. Nothing is lost: whoever runs this Latchkey has to bring that key back. There is nothing that you have to do.`,
        remedy: "none",
      };
    case "domain-policy":
      return {
        title: "Your organization does not allow this",
        text: "A Google Workspace admin has switched off access to Gmail for apps like Latchkey, and can switch it on.",
        remedy: "none",
      };
    case "bad-query":
      return {
        title: "Gmail does not understand this search",
        text: "Check quotation marks and parentheses. Words, from:name, subject:word, has:attachment and before:2026/11/01 all work.",
        remedy: "none",
      };
    case "unknown-label":
      return {
        title: "Gmail does not know this label",
        text: "It was deleted, or has just been made. Your other lists are as they were.",
        remedy: "none",
      };
    case "no-mailbox":
      return {
        title: "Gmail is not switched on for this account",
        text: "This Google account has no Gmail mailbox. In an organization, its Google Workspace admin can switch Gmail on; otherwise the account's owner can add Gmail to it.",
        remedy: "none",
      };
    case "delegation-denied":
      return {
        title: "Google takes this account for somebody else",
        text: "It refuses to open this mailbox with the key that Latchkey holds. Reconnect with the account that the mailbox belongs to.",
        remedy: "reconnect",
      };
    case "not-read":
      return {
        title: "This message cannot be made readable here",
        text: "It takes too long. The message can be saved whole, as it came.",
        remedy: "none",
      };
    case "refused":
      return {
        title: "Gmail refuses this request",
        text: "Trying again does not help. Whoever runs this Latchkey finds Google's reason in the log.",
        remedy: "none",
      };
    default:
      return trouble satisfies never;
  }
}

function accountTrouble(status: Extract<Trouble, { kind: "account" }>["status"]): TroubleWords {
  switch (status.state) {
    case "NEEDS_CONSENT":
      return { ...consent[status.cause], remedy: "reconnect" };
    case "SUSPENDED":
      if (status.cause === "not-admitted") {
        return {
          title: "This account is no longer admitted here",
          text: "Whoever runs this Latchkey has taken it off the list of who may be here. Nothing is fetched for it; Accounts and data says when its key is destroyed.",
          remedy: "none",
        };
      }
      return {
        title: "This account is suspended",
        text: "An admin of this Latchkey, or a security event at Google, has suspended it. Ask your admin.",
        remedy: "none",
      };
    case "DISCONNECTED":
      return {
        title: "This account is being disconnected",
        text: "Nothing is read from it any more. When Google has confirmed, everything kept about it is destroyed.",
        remedy: "none",
      };
    default:
      return status satisfies never;
  }
}
