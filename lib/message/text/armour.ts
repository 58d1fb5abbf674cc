/**
 * PGP within a text: what is signed is shown without its armour, and what is encrypted is no text.
 * @see https://www.rfc-editor.org/rfc/rfc9580 §6.2, §7
 */

export interface Unarmoured {
  readonly text: string;
  readonly isSigned: boolean;
  readonly isEncrypted: boolean;
}

const signed = "-----BEGIN PGP SIGNED MESSAGE-----";
const signature = /^-----BEGIN PGP SIGNATURE-----[ \t]*$/mu;
const signatureEnd = /^-----END PGP SIGNATURE-----[ \t]*\n?/mu;
const encrypted =
  /^[> \t]*-----BEGIN PGP MESSAGE(?:, PART \d+(?:\/\d+)?)?-----[ \t]*\n(?:(?!^[> \t]*-----)[^\n]*\n)*(?:[^\n]*$|[> \t]*-----END PGP MESSAGE[^\n]*)/gmu;

/** Takes the armour off a text; without any it comes back as it is. */
export function unarmoured(source: string): Unarmoured {
  if (!source.includes("-----BEGIN PGP ")) return { text: source, isSigned: false, isEncrypted: false };
  const opened = withoutSignatures(source);
  let isEncrypted = false;
  const text = opened.text.replace(encrypted, () => {
    isEncrypted = true;
    return "";
  });
  return { text, isSigned: opened.isSigned, isEncrypted };
}

function withoutSignatures(source: string): { text: string; isSigned: boolean } {
  let text = "";
  let rest = source;
  let isSigned = false;
  for (;;) {
    const begin = rest.indexOf(signed);
    const isAtLineStart = begin === 0 || rest[begin - 1] === "\n";
    if (begin === -1 || !isAtLineStart) break;
    const inside = rest.slice(begin + signed.length);
    const end = signature.exec(inside);
    if (end === null) break;
    const after = inside.slice(end.index);
    const close = signatureEnd.exec(after);
    text += rest.slice(0, begin) + signedText(inside.slice(0, end.index));
    rest = close === null ? "" : after.slice(close.index + close[0].length);
    isSigned = true;
  }
  return { text: text + rest, isSigned };
}

/** Without the lines that name the hash, and without the dashes before lines that begin with one. */
const signedText = (inside: string): string =>
  inside.replace(/^[ \t]*\n(?:[A-Z][\w-]*: [^\n]*\n)*[ \t]*\n?/u, "").replace(/^- /gmu, "");
