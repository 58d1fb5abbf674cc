/**
 * The header in which a receiving server writes down what it found out about a message.
 * @see https://www.rfc-editor.org/rfc/rfc8601 §2.2
 */

/** `dkim=pass (2048-bit key) header.d=example.org`: what one check came to. */
export interface MethodResult {
  /** In lower case, without its version: "dkim", "spf", "dmarc", "arc" and others. */
  readonly method: string;
  /** In lower case: "pass", "fail", "none" and others. */
  readonly result: string;
  /** In their order, names in lower case: `["header.d", "example.org"]`. */
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** What stands in parentheses. */
  readonly comment: string;
}

export interface AuthenticationResults {
  /** Who says so, in lower case. */
  readonly authservId: string;
  readonly results: readonly MethodResult[];
  /**
   * Whether all of it follows the grammar. An address that a sender chose stands in it, too: where that has torn the
   * header apart, nothing good in it is to be believed.
   */
  readonly isWellFormed: boolean;
}

/** A server checks a handful of things; what names more was not written by one. */
const resultsLimit = 100;

/** Takes the unfolded value of such a header apart; null where nobody says that it was them. Promises not to throw. */
export function parseAuthenticationResults(value: string): AuthenticationResults | null {
  const { segments, isWhole } = split(value);
  const [head, ...rest] = segments;
  const [authservId, version] = head?.atoms ?? [];
  if (!authservId || authservId === equals || version === equals) return null;
  let isWellFormed = isWhole && rest.length <= resultsLimit && isVersion(head?.atoms.slice(1) ?? []);
  const results: MethodResult[] = [];
  for (const segment of rest.slice(0, resultsLimit)) {
    const { atoms } = segment;
    // A semicolon at the end, and the word that nothing was checked.
    if (atoms.length === 0 || (atoms.length === 1 && atoms[0]?.toLowerCase() === "none")) continue;
    const result = methodResult(segment);
    if (result === null) isWellFormed = false;
    else results.push(result);
  }
  return { authservId: authservId.toLowerCase(), results, isWellFormed };
}

/** The value of the first of these properties that is there. */
export function propertyOf({ properties }: MethodResult, ...names: string[]): string | null {
  for (const name of names) {
    const found = properties.find(([candidate]) => candidate === name);
    if (found) return found[1];
  }
  return null;
}

const isVersion = (atoms: readonly string[]): boolean =>
  atoms.length === 0 || (atoms.length === 1 && /^\d+$/u.test(atoms[0] ?? ""));

/** No word can be this: it stands for the sign between a name and its value. */
const equals = "\u0000=";

interface Segment {
  /** Words, quotes taken off, and {@link equals}. */
  readonly atoms: string[];
  comment: string;
}

function methodResult({ atoms, comment }: Segment): MethodResult | null {
  const pairs = pairsOf(atoms);
  const [first, ...properties] = pairs ?? [];
  const method = first?.[0].replace(/\/\d+$/u, "");
  if (!first || !method || !/^[\w-]+$/u.test(method) || first[1] === "") return null;
  return { method, result: first[1].toLowerCase(), properties, comment: comment.trim() };
}

/** "a = b c = d", or null where a word belongs to none. A value may be empty. */
function pairsOf(atoms: readonly string[]): [string, string][] | null {
  const pairs: [string, string][] = [];
  for (let at = 0; at < atoms.length; ) {
    const [name = "", sign, value = equals] = atoms.slice(at, at + 3);
    if (name === equals || sign !== equals) return null;
    const isEmpty = value === equals || atoms[at + 3] === equals;
    pairs.push([name.toLowerCase(), isEmpty ? "" : value]);
    at += isEmpty ? 2 : 3;
  }
  return pairs;
}

/**
 * Splits at semicolons outside quotes and comments, and each piece into words. A bracket that closes nothing, or stands in
 * quotes, ends it: an address with one in it has closed the comment that names it, and what followed there was the sender's.
 */
function split(value: string): { segments: Segment[]; isWhole: boolean } {
  let segment: Segment = { atoms: [], comment: "" };
  const segments = [segment];
  let word: string | null = null;
  const endWord = () => {
    if (word !== null) addWord(segment.atoms, word);
    word = null;
  };
  for (let at = 0; at < value.length; ) {
    const character = value.charAt(at);
    if (character === "(" || character === '"') {
      const { text, next } = character === "(" ? comment(value, at) : quoted(value, at);
      const isTorn = next > value.length || (character === '"' && text.includes(")"));
      if (isTorn) return { segments, isWhole: false };
      if (character === '"') word = (word ?? "") + text;
      else {
        endWord();
        segment.comment += `${text} `;
      }
      at = next;
      continue;
    }
    // "srs0=63fc=v7@example.org": within a value it is a letter as any other.
    const isSign = character === "=" && !(word !== null && segment.atoms.at(-1) === equals);
    if (character === ")") return { segments, isWhole: false };
    if (character === ";" || isSign || /\s/u.test(character)) endWord();
    else word = (word ?? "") + character;
    if (isSign) segment.atoms.push(equals);
    if (character === ";") {
      segment = { atoms: [], comment: "" };
      segments.push(segment);
    }
    at += 1;
  }
  endWord();
  return { segments, isWhole: true };
}

/** "header" ".d": space and comments may stand around the full stop of a name. */
function addWord(atoms: string[], word: string): void {
  const before = atoms.at(-1);
  const isName = before !== undefined && before !== equals && atoms.at(-2) !== equals;
  if (isName && (before.endsWith(".") || word.startsWith("."))) atoms[atoms.length - 1] = before + word;
  else atoms.push(word);
}

/** A comment from its opening bracket; `next` lies beyond the end where it never closes. */
function comment(value: string, start: number): { text: string; next: number } {
  let depth = 0;
  for (let at = start; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 0) return { text: value.slice(start + 1, at), next: at + 1 };
    }
  }
  return { text: "", next: value.length + 1 };
}

/** A quoted string from its opening mark, its escapes undone; likewise. */
function quoted(value: string, start: number): { text: string; next: number } {
  let text = "";
  for (let at = start + 1; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === '"') return { text, next: at + 1 };
    if (character === "\\") at += 1;
    text += value.charAt(at);
  }
  return { text, next: value.length + 1 };
}
