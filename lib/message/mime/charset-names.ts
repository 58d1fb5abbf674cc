/**
 * What a declared charset is called by those who decode it, however it was written.
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 * @see https://www.iana.org/assignments/character-sets
 */

import libmime from "libmime";

/** Names that neither library knows, and what they are a spelling of; by what stands for them where nobody has their table. */
const aliases = new Map(
  Object.entries({
    ansi: "windows-1252",
    binary: "utf-8",
    default_charset: "utf-8",
    "iso-utf-8": "utf-8",
    unknown: "utf-8",
    "unknown-8bit": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "x-unknown": "utf-8",
    "x-user-defined": "windows-1252",
    "iso-8859-8-visual": "iso-8859-8",
    "iso-8859-8-logical": "iso-8859-8",

    thai: "windows-874",
    "tis-620-2533": "windows-874",
    "iso-ir-166": "windows-874",

    jis: "iso-2022-jp",
    jis7: "iso-2022-jp",
    jis8: "iso-2022-jp",
    "jis-encoding": "iso-2022-jp",
    "windows-iso2022jp": "iso-2022-jp",
    iso2022jp: "iso-2022-jp",
    iso2022kr: "iso-2022-kr",
    iso2022cn: "iso-2022-cn",
    "hz-gb-2312": "hz",
    hzgb2312: "hz",
    "eucjp-ms": "euc-jp",
    "eucjp-win": "euc-jp",
    eucjpms: "euc-jp",
    "sjis-win": "shift_jis",
    "sjis-open": "shift_jis",
    "shift_jis-2004": "shift_jis",
    shift_jisx0213: "shift_jis",
    "euc-jis-2004": "euc-jp",
    "euc-jisx0213": "euc-jp",
    gbk2312: "gbk",
    "euc-cn": "gbk",
    "big5-eten": "big5",
    uhc: "euc-kr",
    "iso-ir-149": "euc-kr",

    "ecma-cyrillic": "iso-ir-111",
    "koi8-e": "iso-ir-111",
    iso_ir_111: "iso-ir-111",
    "koi8-unified": "koi8-ru",
    "koi8-f": "koi8-ru",
    "kz-1048": "rk1048",
    "strk1048-2002": "rk1048",

    "mac-roman": "macintosh",
    macroman: "macintosh",
    "mac-thai": "macthai",
    "mac-greek": "macgreek",
    "mac-turkish": "macturkish",
    "mac-croatian": "maccroatian",
    "mac-romanian": "macromania",
    "mac-romania": "macromania",
    "mac-icelandic": "maciceland",
    "mac-iceland": "maciceland",
    "mac-ce": "maccenteuro",
    "mac-centraleurroman": "maccenteuro",
    "mac-centraleurope": "maccenteuro",
    "mac-cyrillic": "x-mac-cyrillic",
    "mac-ukrainian": "x-mac-cyrillic",
    "mac-japanese": "shift_jis",
    "mac-korean": "euc-kr",
    "mac-chinesesimp": "gbk",
    "mac-chinesetrad": "big5",
    // Their letters stand where these have them.
    "mac-hebrew": "windows-1255",
    "mac-arabic": "iso-8859-6",
    "mac-farsi": "iso-8859-6",
  }),
);

/** Windows' numbers of what has a name of its own. @see https://learn.microsoft.com/windows/win32/intl/code-page-identifiers */
const codePages: Readonly<Record<string, string>> = {
  "874": "windows-874",
  "932": "shift_jis",
  "936": "gbk",
  "949": "euc-kr",
  "950": "big5",
  "1200": "utf-16le",
  "1201": "utf-16be",
  "1361": "johab",
  "10000": "macintosh",
  "10001": "shift_jis",
  "10006": "macgreek",
  "10007": "x-mac-cyrillic",
  "10017": "x-mac-cyrillic",
  "10021": "macthai",
  "10029": "maccenteuro",
  "10079": "maciceland",
  "10081": "macturkish",
  "20127": "us-ascii",
  "20866": "koi8-r",
  "20932": "euc-jp",
  "20936": "gbk",
  "21866": "koi8-u",
  "50220": "iso-2022-jp",
  "50221": "iso-2022-jp",
  "50222": "iso-2022-jp",
  "50225": "iso-2022-kr",
  "50227": "iso-2022-cn",
  "51932": "euc-jp",
  "51936": "gbk",
  "51949": "euc-kr",
  "52936": "hz",
  "54936": "gb18030",
  "65000": "utf-7",
  "65001": "utf-8",
};

/** The name of a charset in lower case; empty where none is declared. One that nobody knows stays as it was written. */
export function charsetName(declared: string | null): string {
  const name = (declared ?? "")
    .toLowerCase()
    .replace(/^[^a-z\d]*charset\s*=/u, "")
    .replace(/\*.*$|;.*$/u, "")
    .replace(/[\s"'<>]/gu, "")
    .slice(0, 60);
  if (name === "") return "";
  const plain = name.replace(/^(?:x-)+/u, "");
  return (
    aliases.get(name) ??
    aliases.get(plain) ??
    byNumber(plain) ??
    family(plain) ??
    libmime.normalizeCharset(plain).toLowerCase()
  );
}

/** "cp-1251", "windows-cp1251", "Win1251" and a number alone: code pages. */
function byNumber(name: string): string | null {
  const number = /^(?:windows|win|cp|ibm|ms|dos|microsoft)?[-_]?(?:cp|codepage)?[-_]?(\d{3,5})$/u.exec(
    name,
  )?.[1];
  if (number === undefined) return null;
  if (/^125[0-8]$/u.test(number)) return `windows-${number}`;
  if (/^2859[1-9]$|^2860[0-6]$/u.test(number)) return `iso-8859-${Number(number) - 28_590}`;
  return codePages[number] ?? null;
}

/** Names with something before or behind them. */
function family(name: string): string | null {
  const part = /(?:^|[^\d])8859[-_]?(1[0-6]|[1-9])(?:[^\d]|$)/u.exec(name)?.[1];
  if (part !== undefined) return part === "8" && /[-_]?i$/u.test(name) ? "iso-8859-8-i" : `iso-8859-${part}`;
  if (/^utf-?_?8/u.test(name)) return "utf-8";
  if (/^(?:iso-?2022-?jp|cp5022)/u.test(name)) return "iso-2022-jp";
  const windows = /^windows-?_?(125[0-8])/u.exec(name)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  return /^tis-?620/u.test(name) ? "windows-874" : null;
}
