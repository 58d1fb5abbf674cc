import type { SenderWarning } from "../domain/sender-trust.ts";
import { problemWords } from "./problem-words.ts";
import type { Words } from "./words.ts";

export interface WarningWords {
  /** What it comes to, as a sentence. */
  readonly title: string;
  readonly text: string;
  /** Why one thinks so: a sentence each. */
  readonly reasons: readonly string[];
}

/** A warning about a sender, with its reasons. */
export function warningWords(t: Words, warning: SenderWarning): WarningWords {
  switch (warning.code) {
    case "not-confirmed":
      return notConfirmed(t, warning);
    case "passed-on":
      return passedOn(t, warning);
    case "misleading-name":
      return {
        title: t("trust.warning.misleading-name.title"),
        text: problemWords(t, {
          ...warning,
          claimed: apart(warning.claimed),
          address: apart(warning.address),
        }),
        reasons: [t("trust.reason.freeName")],
      };
    case "look-alike-domain":
      return lookAlikeDomain(t, warning);
    case "look-alike-name":
      return {
        title: t("trust.warning.look-alike-name.title", { looksLike: apart(warning.looksLike) }),
        text: t("trust.warning.look-alike-name.text"),
        reasons: [t("trust.reason.mixedName")],
      };
    case "replies-elsewhere":
      return {
        title: t("trust.warning.replies-elsewhere.title"),
        text: t("trust.warning.replies-elsewhere.text", {
          from: apart(warning.from),
          to: apart(warning.to),
        }),
        reasons: [t("trust.reason.repliesElsewhere")],
      };
    case "known-name":
      return knownName(t, warning);
    case "own-name":
      return {
        title: t("trust.warning.own-name.title"),
        text: t("trust.warning.own-name.text", { address: apart(warning.address) }),
        reasons: [t("trust.reason.sameName"), t("trust.reason.fewMessages")],
      };
    case "known-look":
      return {
        title: t("trust.warning.known-look.title"),
        text: t("trust.warning.known-look.text", { address: apart(warning.address), known: warning.known }),
        reasons: [t("trust.reason.resembles"), t("trust.reason.fewMessages")],
      };
    case "first-message":
      return {
        title: t("trust.warning.first-message.title", { address: apart(warning.address) }),
        text: t("trust.warning.first-message.text"),
        reasons: [t("trust.reason.firstMessage")],
      };
    default:
      return warning satisfies never;
  }
}

type Of<Code extends SenderWarning["code"]> = Extract<SenderWarning, { readonly code: Code }>;

function notConfirmed(t: Words, { domain, signedBy, sentBy }: Of<"not-confirmed">): WarningWords {
  return {
    title: t("trust.warning.not-confirmed.title", { domain }),
    text: t("trust.warning.not-confirmed.text", { domain }),
    reasons: [
      t("trust.reason.dmarc", { domain }),
      signedBy ? t("trust.reason.signedBy", { domain: signedBy }) : t("trust.reason.unsigned"),
      ...(sentBy ? [t("trust.reason.sentBy", { domain: sentBy })] : []),
    ],
  };
}

function passedOn(t: Words, { domain, by, isList }: Of<"passed-on">): WarningWords {
  return {
    title: t("trust.warning.passed-on.title", { by }),
    text: isList
      ? t("trust.warning.passed-on.list", { domain })
      : t("trust.warning.passed-on.relay", { domain }),
    reasons: isList
      ? [t("trust.reason.list"), t("trust.reason.listVouched", { by })]
      : [t("trust.reason.relay", { by })],
  };
}

function lookAlikeDomain(
  t: Words,
  { shown, ascii, looksLike, reason }: Of<"look-alike-domain">,
): WarningWords {
  if (reason === "odd-characters") {
    return {
      title: t("trust.warning.look-alike-domain.titleAlone"),
      text: t("trust.warning.look-alike-domain.textOdd", { shown: apart(shown) }),
      reasons: [t("trust.reason.oddCharacters")],
    };
  }
  return {
    title: looksLike
      ? t("trust.warning.look-alike-domain.title", { looksLike })
      : t("trust.warning.look-alike-domain.titleAlone"),
    text: looksLike
      ? t("trust.warning.look-alike-domain.text", { ascii })
      : t("trust.warning.look-alike-domain.textAlone", { shown: apart(shown), ascii }),
    reasons: [reason === "mixed-scripts" ? t("trust.reason.mixedScripts") : t("trust.reason.foreignLetters")],
  };
}

function knownName(t: Words, { name, address, known, isUnconfirmed }: Of<"known-name">): WarningWords {
  return {
    title: isUnconfirmed
      ? t("trust.warning.known-name.titleUnconfirmed", { name: apart(name) })
      : t("trust.warning.known-name.title", { name: apart(name) }),
    text: t("trust.warning.known-name.text", { address: apart(address), known: apart(known) }),
    reasons: [
      t("trust.reason.sameName"),
      t("trust.reason.fewMessages"),
      ...(isUnconfirmed ? [t("trust.reason.dmarcToo")] : []),
    ],
  };
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/**
 * A sender's words within ours: what is written from right to left turns nothing around it.
 * @see https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
 */
const apart = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);
