/**
 * `node --conditions=react-server dev/second-opinions.ts FOLDER`: reads every `.eml` of a folder as Latchkey does, and as
 * `postal-mime`, `mailparser` and Python's `email` do, and says where these read another subject, another sender, words that
 * are not shown here or attachments of other bytes. With `--all` also what only one of them says. Fails where two of them
 * agree against us.
 */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { differences, type Opinion } from "./opinions/opinion.ts";
import { latchkey, mailparser, postalMime, python } from "./opinions/readers.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { all: { type: "boolean", default: false } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error("name a folder of .eml files");

const files = readdirSync(folder)
  .filter((file) => file.endsWith(".eml"))
  .toSorted()
  .map((file) => resolve(join(folder, file)));
const answers = execFileSync("python3", [join(import.meta.dirname, "opinions/read_mail.py")], {
  input: files.join("\n"),
  encoding: "utf8",
  maxBuffer: 1_000_000_000,
}).split("\n");

/** What a reader says against us, by what it is about. */
type Objections = Map<string, string[]>;

function object(objections: Objections, reader: string, ours: Opinion, other: Opinion | null): void {
  for (const said of other === null ? [] : differences(ours, other)) {
    const about = said.replace(/^\d+ (?:of \d+ )?/, "").replace(/[:\s].*$/s, "");
    objections.set(about, [...(objections.get(about) ?? []), `${reader}: ${said}`]);
  }
}

/** A reader that fails on a message has no opinion of it. */
const orNone = (opinion: Promise<Opinion>): Promise<Opinion | null> => opinion.catch(() => null);

let outvoted = 0;
for (const [at, file] of files.entries()) {
  const objections: Objections = new Map();
  const ours = await latchkey(file);
  object(objections, "postal-mime", ours, await orNone(postalMime(file)));
  object(objections, "mailparser", ours, await orNone(mailparser(file)));
  object(objections, "python", ours, python(answers[at] ?? '{"failed":"no answer"}'));
  const said = [...objections.values()].filter((lines) => values.all || lines.length > 1);
  outvoted += [...objections.values()].filter((lines) => lines.length > 1).length;
  if (said.length > 0) console.log([file, ...said.flat().map((line) => `  ${line}`)].join("\n"));
}
console.log(`${files.length} messages, ${outvoted} times two or more readers against Latchkey`);
process.exitCode = outvoted > 0 ? 1 : 0;
