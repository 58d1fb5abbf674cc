/**
 * Charsets that change their table in the middle of a text: those of ISO 2022 for Japanese, Korean and Chinese with all that
 * mail programs have sent under their names, and HZ. What is between two changes is decoded by the charset that has the same
 * table in eight bits.
 * @see https://www.rfc-editor.org/rfc/rfc1468 (JP), https://www.rfc-editor.org/rfc/rfc1554 (JP-2)
 * @see https://www.rfc-editor.org/rfc/rfc1557 (KR), https://www.rfc-editor.org/rfc/rfc1922 (CN)
 * @see https://www.rfc-editor.org/rfc/rfc1843 (HZ)
 */

/** A table, and how its bytes are written in eight bits. */
interface Table {
  readonly charset: string;
  /** Bytes of a character. */
  readonly width: 1 | 2;
  /** What stands before each character. */
  readonly lead?: number;
}

const ascii: Table | null = null;
const kana: Table = { charset: "shift_jis", width: 1 };
const kanji: Table = { charset: "euc-jp", width: 2 };

/** By the bytes after ESC that choose a table for what follows. */
const tables = new Map<string, Table | null>([
  ["(B", ascii],
  ["(J", ascii],
  ["(H", ascii],
  ["(I", kana],
  ["$@", kanji],
  ["$B", kanji],
  ["$(@", kanji],
  ["$(B", kanji],
  // Its first plane holds what JIS X 0208 does, where that has it.
  ["$(O", kanji],
  ["$(Q", kanji],
  ["$(D", { charset: "euc-jp", width: 2, lead: 0x8f }],
  ["$A", { charset: "gbk", width: 2 }],
  ["$(A", { charset: "gbk", width: 2 }],
  ["$(C", { charset: "euc-kr", width: 2 }],
]);

/** By the bytes after ESC that choose a table for what stands between SO and SI, or after a single shift. */
const shiftedTables = new Map<string, Table>([
  ["$)A", { charset: "gbk", width: 2 }],
  ["$)C", { charset: "euc-kr", width: 2 }],
  [".A", { charset: "iso-8859-1", width: 1 }],
  [".F", { charset: "iso-8859-7", width: 1 }],
]);

const esc = "\u001b";
const [shiftOut, shiftIn] = ["\u000e", "\u000f"];
const escapes = new RegExp(`${esc}(?:\\$?[().*+-]?[@-Z])|${esc}N[^]|[${shiftOut}${shiftIn}]|${esc}`, "gu");
const choosesKanji = [`${esc}$@`, `${esc}$B`];

type Decode = (bytes: Uint8Array, charset: string) => string;

/** Whether a text chooses a table of Japanese, whatever its message declares. */
export function choosesTables(bytes: Uint8Array): boolean {
  if (!bytes.includes(0x1b)) return false;
  const start = Buffer.from(bytes.subarray(0, 100_000)).toString("latin1");
  return choosesKanji.some((code) => start.includes(code));
}

/** @param decode what decodes charsets of eight bits */
export function decodeIso2022(bytes: Uint8Array, name: string, decode: Decode): string {
  const source = Buffer.from(bytes).toString("latin1");
  // Korean and Chinese have their table ready before the first SO; in Japanese it is that of half-wide letters.
  let shifted: Table = name.includes("-jp")
    ? kana
    : { charset: name.includes("-kr") ? "euc-kr" : "gbk", width: 2 };
  let chosen: Table | null = ascii;
  let isShifted = false;
  let text = "";
  let from = 0;
  const flush = (end: number) => {
    text += decoded(source.slice(from, end), isShifted ? shifted : chosen, decode);
  };
  for (const { 0: code, index } of source.matchAll(escapes)) {
    const choice = code.slice(1);
    flush(index);
    from = index + code.length;
    if (code === shiftOut) isShifted = true;
    else if (code === shiftIn) isShifted = false;
    else if (tables.has(choice)) {
      chosen = tables.get(choice) ?? ascii;
      isShifted = false;
    } else if (choice.startsWith("N")) text += decoded(choice.slice(1), shifted, decode);
    else shifted = shiftedTables.get(choice) ?? shifted;
  }
  flush(source.length);
  return text;
}

/** "~{" begins Chinese and "~}" ends it; a line break ends it too. */
export function decodeHz(bytes: Uint8Array, decode: Decode): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/~\{([^\n]*?)(?:~\}|(?=\n)|$)|~~|~\n/gu, (code, chinese: string | undefined) =>
      chinese === undefined
        ? code === "~~"
          ? "~"
          : ""
        : decoded(chinese, { charset: "gbk", width: 2 }, decode),
    );
}

/** Line breaks and spaces stand for themselves in every table; what is no pair of a wide one stays as it is. */
function decoded(source: string, table: Table | null, decode: Decode): string {
  // Half-wide letters in eight bits, in the middle of what has seven.
  const [read, pattern] =
    table === null ? [kana, /[\xa1-\xdf]+/gu] : [table, table.width === 1 ? /[!-~]+/gu : /(?:[!-~][!-~])+/gu];
  return source.replace(pattern, (run) => {
    const raised = Buffer.from(run, "latin1").map((byte) => byte | 0x80);
    const { lead } = read;
    if (lead === undefined) return decode(raised, read.charset);
    const led: number[] = [];
    for (let at = 0; at < raised.length; at += 2) led.push(lead, raised[at] ?? 0, raised[at + 1] ?? 0);
    return decode(Uint8Array.from(led), read.charset);
  });
}
