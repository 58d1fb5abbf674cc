/**
 * `npm run check:words`: every sentence a person reads comes from the catalogues, in every language, and none of them is
 * unused. What an operator reads in a terminal or a log is English.
 */
import { globSync, readFileSync } from "node:fs";
import { languages } from "../lib/domain/language.ts";
import { argumentsOf, type Catalogue, compare, flatten } from "./words/catalogues.ts";
import { callsOf, type Source, usedKeys } from "./words/sources.ts";
import { visibleWords } from "./words/visible.ts";

const root = new URL("..", import.meta.url);

const catalogueOf = (language: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`lib/i18n/messages/${language}.json`, root), "utf8"));

const sourcesIn = (pattern: string): Source[] =>
  globSync(pattern, { cwd: root.pathname })
    .filter((path) => !/\.(?:test|fixture)\.|\/(?:generated|fixtures)\//.test(path))
    .map((path) => ({ path, text: readFileSync(new URL(path, root), "utf8") }));

/** Where the words of whoever runs a server stand, names, and what is looked for in mail. */
const notForReaders =
  /^lib\/(?:i18n\/languages|environment|telemetry|db|server\/(?!front\/)|use-cases\/operations|message\/(?:text|html|mime|trackers))\b/;

/** A sentence for every message that is missing, unused, given the wrong things or left in English, and every text beside them. */
export function wordProblems(): string[] {
  const english = catalogueOf("en");
  const messages = flatten(english);
  const sources = sourcesIn("{app,components,lib}/**/*.{ts,tsx}");
  const used = usedKeys(sources);
  return [
    ...languages
      .filter((language) => language !== "en")
      .flatMap((language) => compare(english, catalogueOf(language), language)),
    ...[...messages.keys()].filter((key) => !used.has(key)).map((key) => `en.json: nothing uses ${key}`),
    ...sources.flatMap(callsOf).flatMap(({ place, key, given }) => wrongCall(messages, place, key, given)),
    ...sources.filter(({ path }) => !notForReaders.test(path)).flatMap(visibleWords),
  ];
}

function wrongCall(
  messages: ReadonlyMap<string, string>,
  place: string,
  key: string,
  given: readonly string[] | null,
): string[] {
  const message = messages.get(key);
  if (message === undefined || given === null)
    return message === undefined ? [`${place}: there is no ${key}`] : [];
  const wanted = argumentsOf(message)
    .map((name) => name.replace(/^<(.*)>$/, "$1"))
    .toSorted();
  return wanted.join() === given.join() ? [] : [`${place}: ${key} takes ${wanted.join(", ") || "nothing"}`];
}

if (import.meta.main) {
  const problems = wordProblems();
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
