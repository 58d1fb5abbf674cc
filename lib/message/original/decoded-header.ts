/**
 * What a header means, beside how it was sent.
 * @see https://www.rfc-editor.org/rfc/rfc2047, https://www.rfc-editor.org/rfc/rfc2231
 */

import type { Header } from "../../domain/mail.ts";
import { decodeEncodedWords } from "../mime/encoded-words.ts";
import { structuredHeader } from "../mime/headers.ts";
import { visibleSource } from "./visible-source.ts";

/** `name*=utf-8''…` and `name*0=…`: parameters that are encoded or cut in pieces. */
const encodedParameter = /;\s*[\w-]+\*(?:\d+\*?)?\s*=/u;

/** The header decoded, on one line; null where that says no more than what was sent. */
export function decodedHeader(header: Header): string | null {
  const line = header.value.replace(/\r?\n[ \t]*/gu, " ").trim();
  const decoded = encodedParameter.test(line) ? withParameters(header, line) : decodeEncodedWords(line);
  return decoded === line ? null : visibleSource(decoded);
}

function withParameters({ name, value }: Header, line: string): string {
  const { params } = structuredHeader([{ name: "x", value }], "x");
  const first = line.slice(0, line.indexOf(";"));
  const written = Object.entries(params).map(([key, said]) => `${key}="${said}"`);
  return /^content-/iu.test(name) ? [first, ...written].join("; ") : line;
}
