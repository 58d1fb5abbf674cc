/**
 * One base64url field of a JSON object, decoded while it comes: the bytes of a mail or an attachment, which Gmail hands over
 * inside JSON. Nothing but what surrounds the field is held.
 * @see https://www.rfc-editor.org/rfc/rfc8259 §7, https://www.rfc-editor.org/rfc/rfc4648 §5
 */

/** More than this around the field is no answer of Gmail's. */
const aroundLimit = 65_536;

const quoteCode = 0x22;
const backslashCode = 0x5c;

/** Takes one field out of a JSON object that comes in pieces. */
export class FieldStream {
  readonly #key: string;
  #around = "";
  /** In the field, in another string, or between strings. */
  #place: "between" | "string" | "field" = "between";
  #isEscaped = false;
  #string = "";
  #pending = "";
  #depth = 0;
  /** The last string at the top of the object is a key when a colon follows. */
  #isAfterKey = false;
  #isFound = false;

  constructor(key: string) {
    this.#key = key;
  }

  /** Whether the field has begun. */
  get isFound(): boolean {
    return this.#isFound;
  }

  /** What surrounded the field. Whole JSON once the answer has ended, with an empty string for the field. */
  get around(): string {
    return this.#around;
  }

  /** Takes in the next bytes of the answer, and gives what of the field they decode to. @throws RangeError when too much surrounds it */
  feed(bytes: Uint8Array): Buffer {
    const decoded: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (this.#place === "field") at = this.#feedField(bytes, at, decoded);
      else at = this.#feedAround(bytes, at);
    }
    return decoded.length === 1 && decoded[0] ? decoded[0] : Buffer.concat(decoded);
  }

  #feedField(bytes: Uint8Array, from: number, decoded: Buffer[]): number {
    const end = bytes.indexOf(quoteCode, from);
    // Gmail's alphabet needs no escape; "\u003d" would be padding.
    const text = Buffer.from(bytes.subarray(from, end === -1 ? bytes.length : end)).toString("latin1");
    const characters = unescaped(this.#pending + text);
    const isLast = end !== -1;
    const whole = isLast ? characters.length : wholeLength(characters);
    if (whole > 0) decoded.push(Buffer.from(characters.slice(0, whole).replaceAll("=", ""), "base64url"));
    this.#pending = isLast ? "" : characters.slice(whole);
    if (!isLast) return bytes.length;
    this.#place = "between";
    this.#around += '"';
    return end + 1;
  }

  #feedAround(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] ?? 0;
    const character = String.fromCharCode(byte);
    if (this.#around.length >= aroundLimit) throw new RangeError("too much around the field");
    this.#around += character;
    if (this.#place === "string") this.#inString(byte, character);
    else this.#between(byte, character);
    return at + 1;
  }

  #inString(byte: number, character: string): void {
    if (!this.#isEscaped && byte === quoteCode) {
      this.#place = "between";
      return;
    }
    this.#isEscaped = !this.#isEscaped && byte === backslashCode;
    this.#string += character;
  }

  #between(byte: number, character: string): void {
    if (byte === quoteCode) {
      const isField = this.#isAfterKey && !this.#isFound;
      this.#place = isField ? "field" : "string";
      this.#isFound ||= isField;
      this.#string = "";
      this.#isAfterKey = false;
    } else if (character === ":") {
      this.#isAfterKey = this.#depth === 1 && this.#string === this.#key;
      this.#string = "";
    } else if (character === "{" || character === "[") {
      this.#depth += 1;
      this.#isAfterKey = false;
    } else if (character === "}" || character === "]") {
      this.#depth -= 1;
    } else if (character === ",") {
      this.#string = "";
      this.#isAfterKey = false;
    }
  }
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\u003d|\\\//giu, (written) => (written === "\\/" ? "/" : ""));
}

/** As many of the characters as make whole bytes, and no half of an escape. */
function wholeLength(characters: string): number {
  const backslash = characters.lastIndexOf("\\", characters.length - 1);
  const end = backslash !== -1 && backslash > characters.length - 6 ? backslash : characters.length;
  return end - (end % 4);
}
