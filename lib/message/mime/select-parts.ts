/**
 * Which parts of the MIME tree are the message, and which are attached to it.
 * @see https://www.rfc-editor.org/rfc/rfc2046 §5, https://www.rfc-editor.org/rfc/rfc2387
 */

import type { MessagePart } from "../../domain/mail.ts";
import type { Problem } from "../../domain/readable-message.ts";
import { type DescribedPart, describePart, normalizeContentId } from "./part.ts";

/** The message told in one way: its parts in their order. */
type Rendition = readonly DescribedPart[];

export interface SelectedParts {
  /** The richest rendition: has HTML in it when the message brings any. */
  readonly rich: Rendition;
  /** The plainest: the text alternative where there is one. */
  readonly plain: Rendition;
  readonly attachments: readonly DescribedPart[];
  /** Parts made for machines: what became of a message. */
  readonly reports: readonly DescribedPart[];
  /** Messages within this one, by the parts that hold them. They are among the attachments too. */
  readonly enclosed: readonly DescribedPart[];
  readonly problems: readonly Problem[];
}

/** No mail program nests so deep; what is deeper is not looked at. */
const depthLimit = 100;

const htmlType = new Set(["text/html", "application/xhtml+xml"]);
const plainType = new Set(["text", "text/plain", "text/enriched", "text/richtext", "text/markdown"]);
/** What became of a message, for machines. */
const reportType = /^message\/(?:(?:global-)?(?:delivery-status|disposition-notification)|feedback-report)$/u;
const smimeType = /^application\/(?:x-)?pkcs7-mime$/u;
const tnefType = /^application\/(?:vnd\.)?ms-tnef$/u;
/** Types that hold a message, or its headers alone. */
const messageType = /^(?:message\/(?:rfc822|global)|(?:text|message)\/rfc822-headers)$/u;
/** A text of no more than this is a line break, or a word of a mailing list's. */
const blankBytes = 8;
/** Alternatives for other devices: neither shown nor worth listing. */
const ignored = new Set(["text/x-amp-html", "text/watch-html"]);

export function isHtml(part: DescribedPart): boolean {
  return htmlType.has(part.mimeType);
}

/** Sorts the tree. Promises not to throw and not to recurse deeper than 100. */
export function selectParts(payload: MessagePart): SelectedParts {
  const selection = new Selection();
  const { rich, plain } = selection.visit(payload, 0);
  const { attachments, reports, enclosed, problems } = selection;
  return { rich, plain, attachments, reports, enclosed, problems };
}

interface Told {
  readonly rich: Rendition;
  readonly plain: Rendition;
}

const nothing: Told = { rich: [], plain: [] };

class Selection {
  readonly attachments: DescribedPart[] = [];
  readonly reports: DescribedPart[] = [];
  readonly enclosed: DescribedPart[] = [];
  readonly problems: Problem[] = [];
  #hasText = false;
  #hasWords = false;

  visit(node: MessagePart, depth: number, isAlternative = false): Told {
    if (depth > depthLimit) {
      this.#report({ code: "too-deep" });
      return nothing;
    }
    const part = describePart(node);
    const { mimeType } = part;
    if (messageType.test(mimeType) && node.parts.length > 0) {
      this.enclosed.push(part);
      // A message that Outlook has put into its own file has no bytes of its own to be saved.
      const isOutlooks = node.partId.includes("~") && node.body.data === null;
      if (!isOutlooks) this.attachments.push(part);
      return nothing;
    }
    if (node.parts.length === 0) return this.#leaf(part, isAlternative);
    if (!mimeType.startsWith("multipart/")) return this.#opened(part, depth);
    if (mimeType === "multipart/encrypted") this.#report({ code: "encrypted", method: "pgp" });
    if (mimeType === "multipart/signed") {
      const isPgp = /pgp/iu.test(part.parameters.protocol ?? "");
      this.#report({ code: "signature-unchecked", method: isPgp ? "pgp" : "smime" });
    }
    if (mimeType === "multipart/alternative") {
      return richestAndPlainest(node.parts.map((child) => this.visit(child, depth + 1, true)));
    }
    if (mimeType === "multipart/related") return this.#related(part, depth, isAlternative);
    return joined(node.parts.map((child) => this.visit(child, depth + 1, isAlternative)));
  }

  /** The root tells the message; the others are what it shows, unless the root is nothing to read. */
  #related({ part, parameters }: DescribedPart, depth: number, isAlternative: boolean): Told {
    const start = parameters.start === undefined ? null : normalizeContentId(parameters.start);
    const root =
      part.parts.find((child) => start !== null && describePart(child).contentId === start) ?? part.parts[0];
    const told = root === undefined ? nothing : this.visit(root, depth + 1, isAlternative);
    const rest = part.parts.filter((child) => child !== root);
    if (told.rich.length === 0) {
      return joined([told, ...rest.map((child) => this.visit(child, depth + 1, isAlternative))]);
    }
    for (const child of rest) {
      if (child.parts.length > 0) this.visit(child, depth + 1);
      else this.attachments.push(describePart(child));
    }
    return told;
  }

  #leaf(part: DescribedPart, isAlternative: boolean): Told {
    const { mimeType } = part;
    if (ignored.has(mimeType) && isAlternative) return nothing;
    if (mimeType === "message/partial") this.#report({ code: "partial" });
    if (smimeType.test(mimeType)) this.#reportSmime(part.parameters["smime-type"]?.toLowerCase());
    if (tnefType.test(mimeType)) this.#report({ code: "tnef-unopened" });
    if (reportType.test(mimeType) && part.disposition !== "attachment") {
      this.reports.push(part);
      return nothing;
    }
    if (this.#isText(part, isAlternative)) {
      this.#hasText = true;
      this.#hasWords ||= part.part.body.sizeBytes > blankBytes;
      return { rich: [part], plain: [part] };
    }
    const isEmptyContainer = mimeType.startsWith("multipart/");
    if (!isEmptyContainer) this.attachments.push(part);
    return nothing;
  }

  /** A signature or Outlook's file, and what is in it. Outlook tells there once more what the message may have said already. */
  #opened(part: DescribedPart, depth: number): Told {
    const isTnef = !smimeType.test(part.mimeType);
    if (!isTnef) this.#report({ code: "signature-unchecked", method: "smime" });
    const wasSaid = isTnef && this.#hasWords;
    const told = joined(part.part.parts.map((child) => this.visit(child, depth + 1)));
    this.attachments.push(part);
    return wasSaid ? nothing : told;
  }

  #reportSmime(type: string | undefined): void {
    if (type === "certs-only") return;
    const isReadable = type === "signed-data" || type === "compressed-data";
    this.#report(isReadable ? { code: "signed-opaque" } : { code: "encrypted", method: "smime" });
  }

  /** A named text after another one is a file that was attached; the first is the message, whatever its name. */
  #isText(part: DescribedPart, isAlternative: boolean): boolean {
    if (part.disposition === "attachment") return false;
    const isBrokenContainer = part.mimeType.startsWith("multipart/") && part.part.body.data !== null;
    if (!htmlType.has(part.mimeType) && !plainType.has(part.mimeType) && !isBrokenContainer) return false;
    return part.name === "" || isAlternative || !this.#hasText;
  }

  #report(problem: Problem): void {
    if (!this.problems.some(({ code }) => code === problem.code)) this.problems.push(problem);
  }
}

function joined(told: readonly Told[]): Told {
  return { rich: told.flatMap(({ rich }) => rich), plain: told.flatMap(({ plain }) => plain) };
}

/** The last alternative that can be shown is the best; one with HTML wins, one without is kept as the text. */
function richestAndPlainest(alternatives: readonly Told[]): Told {
  const shown = alternatives.filter(({ rich }) => rich.length > 0);
  const rich = shown.findLast((told) => told.rich.some(isHtml)) ?? shown.at(-1) ?? nothing;
  const plain = shown.findLast((told) => !told.plain.some(isHtml)) ?? rich;
  return { rich: rich.rich, plain: plain.plain };
}
