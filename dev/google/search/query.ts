/** A Gmail search, taken apart. */
export type Query =
  | { kind: "and" | "or"; of: Query[] }
  | { kind: "not"; of: Query }
  | { kind: "operator"; name: string; value: string }
  | { kind: "words"; value: string };

/** A search that cannot be read: the API answers 400. */
export class BadQuery extends Error {}

type Token =
  | { kind: "(" | ")" | "{" | "}" | "-" | "OR" | "AND" }
  | { kind: "operator"; name: string }
  | { kind: "term"; text: string };

/**
 * Parse a Gmail search: words and "phrases", `operator:value`, `-`, `OR`, `{a b}`, `(a b)`. Google is lenient with
 * nonsense; here an unbalanced quote or bracket, an `OR` with nothing beside it, an operator without a value and an
 * unreadable date or size are refused, so that the "bad query" path can be shown. Unknown operators are words.
 * @see https://support.google.com/mail/answer/7190
 */
export function parseQuery(q: string): Query {
  const tokens = tokenize(q);
  const state = { tokens, at: 0 };
  const query = parseAll(state, null, "and");
  return query;
}

interface State {
  tokens: Token[];
  at: number;
}

const opening = { "(": ")", "{": "}" } as const;

function parseAll(state: State, closing: ")" | "}" | null, kind: "and" | "or"): Query {
  const of: Query[] = [];
  while (state.at < state.tokens.length) {
    const token = state.tokens[state.at];
    if (!token) break;
    if (token.kind === closing) {
      state.at += 1;
      return { kind, of };
    }
    if (token.kind === "AND") {
      state.at += 1;
    } else if (token.kind === "OR") {
      state.at += 1;
      const left = of.pop();
      if (!left) throw new BadQuery("OR needs something before it");
      const right = parseOne(state);
      of.push(
        left.kind === "or" ? { kind: "or", of: [...left.of, right] } : { kind: "or", of: [left, right] },
      );
    } else {
      of.push(parseOne(state));
    }
  }
  if (closing !== null) throw new BadQuery(`missing ${closing}`);
  return { kind, of };
}

function parseOne(state: State): Query {
  const token = state.tokens[state.at];
  state.at += 1;
  if (!token) throw new BadQuery("unexpected end");
  if (token.kind === "-") return { kind: "not", of: parseOne(state) };
  if (token.kind === "(" || token.kind === "{") {
    return parseAll(state, opening[token.kind], token.kind === "{" ? "or" : "and");
  }
  if (token.kind === "operator") return operatorValue(state, token.name);
  if (token.kind !== "term") throw new BadQuery(`unexpected ${token.kind}`);
  return { kind: "words", value: token.text };
}

/** `from:x`, `from:"x y"`, and `from:(a OR b)`, where the operator applies to each. */
function operatorValue(state: State, name: string): Query {
  const next = state.tokens[state.at];
  if (!next) throw new BadQuery(`${name}: needs a value`);
  if (next.kind === "term") {
    state.at += 1;
    return { kind: "operator", name, value: next.text };
  }
  if (next.kind === "(" || next.kind === "{") return applied(parseOne(state), name);
  throw new BadQuery(`${name}: needs a value`);
}

function applied(query: Query, name: string): Query {
  if (query.kind === "words") return { kind: "operator", name, value: query.value };
  if (query.kind === "not") return { kind: "not", of: applied(query.of, name) };
  if (query.kind === "operator") return query;
  return { kind: query.kind, of: query.of.map((one) => applied(one, name)) };
}

const space = /\s+/y;
const signPattern = /[(){}]|-(?=[^\s-])/y;
const operatorPattern = /([a-z_0-9]+):(?=\S)/iy;
const termPattern = /"([^"]*)"|[^\s(){}"]+/y;

function tokenize(q: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const read = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(q);
    at += match?.[0].length ?? 0;
    return match;
  };
  while (at < q.length) {
    if (read(space)) continue;
    const sign =
      tokens.at(-1)?.kind === "operator" ? readBracket(q[at], () => read(signPattern)) : read(signPattern);
    if (sign) {
      tokens.push({ kind: sign[0] as "(" });
      continue;
    }
    const operator = tokens.at(-1)?.kind === "operator" ? null : read(operatorPattern);
    if (operator) {
      tokens.push({ kind: "operator", name: (operator[1] ?? "").toLowerCase() });
      continue;
    }
    const term = read(termPattern);
    if (!term) throw new BadQuery(`unexpected ${q[at]}`);
    tokens.push(termOf(term));
  }
  return tokens;
}

/** After `operator:` only a bracket is a sign: `older_than:-x` is a value. */
function readBracket(next: string | undefined, read: () => RegExpExecArray | null): RegExpExecArray | null {
  return next === "-" ? null : read();
}

function termOf(match: RegExpExecArray): Token {
  const word = match[0];
  if (word === "OR" || word === "|") return { kind: "OR" };
  if (word === "AND") return { kind: "AND" };
  return { kind: "term", text: match[1] ?? word };
}
