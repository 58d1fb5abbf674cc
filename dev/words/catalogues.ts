/** Whether the catalogues say the same in each language. */
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/** Every message by its whole key: "list.inbox". */
export function flatten(catalogue: Catalogue, above = ""): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[above + key, value]] : [...flatten(value, `${above}${key}.`)],
    ),
  );
}

/** What a message is given: the names of its arguments and tags, sorted. @throws SyntaxError for what is no ICU message */
export const argumentsOf = (message: string): string[] =>
  [...new Set(parse(message).flatMap(given))].toSorted();

function given(element: MessageFormatElement): string[] {
  switch (element.type) {
    case TYPE.literal:
    case TYPE.pound:
      return [];
    case TYPE.tag:
      return [`<${element.value}>`, ...element.children.flatMap(given)];
    case TYPE.plural:
    case TYPE.select:
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => value.flatMap(given))];
    default:
      return [element.value];
  }
}

/** The text that a reader sees of a message: no names of arguments, no tags. */
function wordsOf(message: string): string {
  const words = (element: MessageFormatElement): string => {
    if (element.type === TYPE.literal) return element.value;
    if (element.type === TYPE.tag) return element.children.map(words).join("");
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return Object.values(element.options)
        .map(({ value }) => value.map(words).join(""))
        .join(" ");
    return "";
  };
  return parse(message).map(words).join("");
}

/** Names, units and words that a language shares with English. */
const shared = new Set([
  ...[
    "list.spam",
    "navigation.admin",
    "attachmentKind.Audio",
    "attachmentKind.Program",
    "attachmentKind.Video",
  ].map((key) => `id ${key}`),
  ...["attachmentKind.PDF", "size.bytes", "size.kilobytes", "size.megabytes"].flatMap((key) => [
    `id ${key}`,
    `th ${key}`,
  ]),
]);

/** The letters that a language is written with, where they are not those of English. */
const letters: Readonly<Record<string, RegExp>> = { th: /\p{Script=Thai}/u };

/** A sentence for everything that one language lacks, has beyond the English, or leaves in English. */
export function compare(english: Catalogue, other: Catalogue, language: string): string[] {
  const [wanted, found] = [flatten(english), flatten(other)];
  const problems = [...found.keys()]
    .filter((key) => !wanted.has(key))
    .map((key) => `${language}.json has ${key}, and en.json has not`);
  for (const [key, message] of wanted) {
    const translated = found.get(key);
    problems.push(
      ...(translated === undefined
        ? [`${language}.json lacks ${key}`]
        : differences(language, key, message, translated)),
    );
  }
  return problems;
}

function differences(language: string, key: string, message: string, translated: string): string[] {
  try {
    const [given, taken] = [argumentsOf(message), argumentsOf(translated)].map(
      (names) => names.join(", ") || "nothing",
    );
    if (given !== taken) return [`${language}.json, ${key}: takes ${taken} where the English takes ${given}`];
    return isEnglish(language, key, message, translated) ? [`${language}.json leaves ${key} in English`] : [];
  } catch (error) {
    return [`${language}.json, ${key}: is no ICU message (${(error as Error).message})`];
  }
}

function isEnglish(language: string, key: string, message: string, translated: string): boolean {
  if (shared.has(`${language} ${key}`) || !/\p{Letter}/u.test(wordsOf(message))) return false;
  const own = letters[language];
  return message === translated || (own !== undefined && !own.test(wordsOf(translated)));
}
