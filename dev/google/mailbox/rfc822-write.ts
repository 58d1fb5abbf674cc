import { libmime } from "./libmime.ts";
import type { Header, Part } from "./part.ts";

/** A MIME tree as RFC 822 bytes: non-ASCII headers become RFC 2047 words, bodies quoted-printable or base64. */
export function toRfc822(part: Part): Buffer {
  const chunks: Buffer[] = [];
  write(part, chunks);
  return Buffer.concat(chunks);
}

function write(part: Part, chunks: Buffer[]): void {
  for (const header of part.headers) chunks.push(Buffer.from(headerLine(header)));
  chunks.push(Buffer.from("\r\n"));
  const boundary = boundaryOf(part);
  if (boundary !== null) {
    for (const child of part.parts) {
      chunks.push(Buffer.from(`--${boundary}\r\n`));
      write(child, chunks);
      chunks.push(Buffer.from("\r\n"));
    }
    chunks.push(Buffer.from(`--${boundary}--\r\n`));
    return;
  }
  const encoding = part.headers.find(({ name }) => name.toLowerCase() === "content-transfer-encoding")?.value;
  const body = part.body ?? Buffer.alloc(0);
  if (encoding === "base64") chunks.push(Buffer.from(body.toString("base64").replace(/.{76}/g, "$&\r\n")));
  else if (encoding === "quoted-printable") chunks.push(Buffer.from(quotedPrintable(body)));
  else chunks.push(body);
}

function headerLine({ name, value }: Header): string {
  const ascii = /[^\p{ASCII}]/u.test(value) ? libmime.encodeWords(value, "B", 52) : value;
  return `${libmime.foldLines(`${name}: ${ascii}`, 76)}\r\n`;
}

function boundaryOf(part: Part): string | null {
  if (part.body !== null) return null;
  const type = part.headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  return /boundary="?([^";]+)/i.exec(type)?.[1] ?? null;
}

/** @see RFC 2045 section 6.7 */
function quotedPrintable(body: Buffer): string {
  return body
    .toString("latin1")
    .split("\r\n")
    .map((line) => {
      const signs = [...line].map((sign, index, all) => {
        const code = sign.charCodeAt(0);
        const literal = code >= 33 && code <= 126 && sign !== "=";
        const space = (sign === " " || sign === "\t") && index < all.length - 1;
        return literal || space ? sign : `=${code.toString(16).toUpperCase().padStart(2, "0")}`;
      });
      const lines = [""];
      for (const sign of signs) {
        if ((lines.at(-1) ?? "").length + sign.length > 75) lines.push("");
        lines[lines.length - 1] += sign;
      }
      return lines.join("=\r\n");
    })
    .join("\r\n");
}
