import type { Measure } from "./measure.ts";

const verdict = ({ met }: Measure): string => (met === null ? "–" : met ? "met" : "NOT MET");

/** A Markdown table that lines up in a terminal too. */
export function tableOf(measures: readonly Measure[]): string {
  const rows = [
    ["measure", "what was measured", "against", "wanted", "measured", "verdict"],
    ...measures.map((one) => [one.name, one.what, one.against, one.wanted, one.measured, verdict(one)]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  const rule = line(
    head.map(() => ""),
    "-",
  );
  return [line(head), rule, ...body.map((row) => line(row))].join("\n");
}
