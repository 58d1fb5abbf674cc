import type { ConsentCause } from "../domain/account.ts";
import type { Trouble } from "../domain/trouble.ts";
import type { Words } from "./words.ts";

/** What a reader is told, and whether Reconnect, a retry or nothing helps. */
export interface TroubleWords {
  readonly title: string;
  readonly text: string;
  readonly remedy: "reconnect" | "retry" | "none";
}

const remedies = {
  "google-not-answering": "retry",
  "rate-limited": "retry",
  "daily-limit": "none",
  "api-disabled": "none",
  "client-refused": "retry",
  "client-changed": "reconnect",
  "project-refused": "none",
  "key-missing": "none",
  "domain-policy": "none",
  "bad-query": "none",
  "unknown-label": "none",
  "no-mailbox": "none",
  "delegation-denied": "reconnect",
  "not-read": "none",
  refused: "none",
  "not-admitted": "none",
  suspended: "none",
  disconnected: "none",
} as const satisfies Readonly<Record<string, TroubleWords["remedy"]>>;

export function troubleWords(t: Words, trouble: Trouble): TroubleWords {
  const [told, remedy] = toldOf(trouble);
  return {
    title: t(`${told}.title`),
    text: t(`${told}.text`, {
      end: trouble.kind === "rate-limited" ? endWords(t, trouble.untilMs) : "",
      keyId: trouble.kind === "key-missing" ? trouble.keyId : "",
    }),
    remedy,
  };
}

type Told = `trouble.${keyof typeof remedies}` | `consent.${ConsentCause}`;

/** Where the catalogue speaks of it, and what helps. */
function toldOf(trouble: Trouble): readonly [Told, TroubleWords["remedy"]] {
  if (trouble.kind === "account" && trouble.status.state === "NEEDS_CONSENT") {
    return [`consent.${trouble.status.cause}`, "reconnect"];
  }
  const name = nameOf(trouble);
  return [`trouble.${name}`, remedies[name]];
}

function nameOf(trouble: Trouble): keyof typeof remedies {
  if (trouble.kind === "operator") return trouble.what;
  if (trouble.kind !== "account") return trouble.kind;
  if (trouble.status.state === "DISCONNECTED") return "disconnected";
  return trouble.status.cause === "not-admitted" ? "not-admitted" : "suspended";
}

/** For a reader whose mail is shown all the same, as it was a while ago: shorter, and whether more comes by itself. */
export function staleWords(t: Words, trouble: Trouble): TroubleWords & { readonly hope: string } {
  const words = troubleWords(t, trouble);
  return { ...words, text: shortText(t, trouble) ?? words.text, hope: t(`trouble.hope.${words.remedy}`) };
}

function shortText(t: Words, trouble: Trouble): string | undefined {
  if (trouble.kind === "google-not-answering") return "";
  return trouble.kind === "rate-limited" ? endWords(t, trouble.untilMs) : undefined;
}

/** When a pause ends, as a person counts: it does so by itself. */
function endWords(t: Words, untilMs: number | null): string {
  const seconds = untilMs === null ? 60 : Math.ceil((untilMs - Date.now()) / 1000);
  if (seconds <= 0) return t("trouble.pauseOver");
  if (untilMs === null || seconds === 60) return t("trouble.pauseMinute");
  if (seconds < 60) return t("trouble.pauseSeconds", { count: seconds });
  return t("trouble.pauseMinutes", { count: Math.ceil(seconds / 60) });
}
