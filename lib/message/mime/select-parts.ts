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
  readonly problems: readonly Problem[];
}

/** No mail program nests so deep; what is deeper is not looked at. */
const depthLimit = 100;

const htmlType = new Set(["text/html", "application/xhtml+xml"]);
const plainType = new Set([
  "text",
  "text/plain",
  "text/enriched",
  "text/richtext",
  "text/markdown",
  "message/delivery-status",
  "message/disposition-notification",
  "message/feedback-report",
]);
/** Alternatives for other devices: neither shown nor worth listing. */
const ignored = new Set(["text/x-amp-html", "text/watch-html"]);

export function isHtml(part: DescribedPart): boolean {
  return htmlType.has(part.mimeType);
}

/** Sorts the tree. Promises not to throw and not to recurse deeper than 100. */
export function selectParts(payload: MessagePart): SelectedParts {
  const selection = new Selection();
  const { rich, plain } = selection.visit(payload, 0);
  return { rich, plain, attachments: selection.attachments, problems: selection.problems };
}

interface Told {
  readonly rich: Rendition;
  readonly plain: Rendition;
}

const nothing: Told = { rich: [], plain: [] };

class Selection {
  readonly attachments: DescribedPart[] = [];
  readonly problems: Problem[] = [];
  #hasText = false;

  visit(node: MessagePart, depth: number, isAlternative = false): Told {
    if (depth > depthLimit) {
      this.#report({ code: "too-deep" });
      return nothing;
    }
    const part = describePart(node);
    const { mimeType } = part;
    const isAttachedMessage = mimeType.startsWith("message/") && (depth > 0 || node.parts.length === 0);
    if (node.parts.length === 0 || isAttachedMessage) return this.#leaf(part, isAlternative);
    if (mimeType === "multipart/encrypted") this.#report({ code: "encrypted", method: "pgp" });
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
    if (/^application\/(?:x-)?pkcs7-mime$/u.test(mimeType)) {
      const isSigned = part.parameters["smime-type"]?.toLowerCase() === "signed-data";
      this.#report(isSigned ? { code: "signed-opaque" } : { code: "encrypted", method: "smime" });
    }
    if (this.#isText(part, isAlternative)) {
      this.#hasText = true;
      return { rich: [part], plain: [part] };
    }
    const isEmptyContainer = mimeType.startsWith("multipart/");
    if (!isEmptyContainer) this.attachments.push(part);
    return nothing;
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
