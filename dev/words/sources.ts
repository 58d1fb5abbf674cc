/** Which messages the sources use, and which words a reader sees that no catalogue has. */
import ts from "typescript";

export interface Source {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

const parsed = ({ path, text }: Source) =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );

function everyNode(source: Source): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(parsed(source));
  return nodes;
}

/** Keys as they stand in the sources; those that are put together, as patterns. */
export interface Used {
  readonly has: (key: string) => boolean;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export function usedKeys(sources: readonly Source[]): Used {
  const nodes = sources.flatMap(everyNode);
  const literals = new Set(nodes.filter(ts.isStringLiteralLike).map(({ text }) => text));
  const patterns = nodes
    .filter(ts.isTemplateExpression)
    .map(({ head, templateSpans }) => [head.text, ...templateSpans.map(({ literal }) => literal.text)])
    // A key that is put together says at least where in the catalogue it stands.
    .filter((pieces) => pieces.every((piece) => /^[\w.-]*$/.test(piece)) && pieces.join("").includes("."))
    .map((pieces) => new RegExp(`^${pieces.map(escaped).join("[\\w -]+?(?:\\.[\\w-]+)??")}$`));
  return { has: (key) => literals.has(key) || patterns.some((pattern) => pattern.test(key)) };
}

export interface Call {
  readonly place: string;
  readonly key: string;
  /** Names of what the message is given, sorted; null where that is not written out. */
  readonly given: readonly string[] | null;
}

/** Every `t("key", { … })` with a key that is written out. */
export function callsOf(source: Source): Call[] {
  return everyNode(source).flatMap((node) => {
    if (!ts.isCallExpression(node) || !isTranslator(node.expression)) return [];
    const [key, values] = node.arguments;
    if (!key || !ts.isStringLiteralLike(key)) return [];
    return [{ place: placeOf(source, node), key: key.text, given: namesIn(values) }];
  });
}

/** `t`, `t.rich`, `t.markup`: what gives values to a message. */
const isTranslator = (expression: ts.Expression): boolean =>
  ts.isIdentifier(expression)
    ? expression.text === "t"
    : ts.isPropertyAccessExpression(expression) &&
      ts.isIdentifier(expression.expression) &&
      expression.expression.text === "t" &&
      expression.name.text !== "raw";

function namesIn(values: ts.Expression | undefined): string[] | null {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values) || values.properties.some(ts.isSpreadAssignment)) return null;
  return values.properties.map(({ name }) => name?.getText() ?? "").toSorted();
}

export const placeOf = (source: Source, node: ts.Node): string => {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return `${source.path}:${line + 1}`;
};

export { everyNode };
