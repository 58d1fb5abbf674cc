import "server-only";
import { parseTokenKeys, type TokenKey } from "../domain/token-keys.ts";
import { weaknessOfKey, weaknessOfText } from "./weakness.ts";

type Source = Readonly<Record<string, string | undefined>>;

export interface SecretRules {
  /** While keys are rotated a weak key that is not the first may still open what it has wrapped. */
  readonly oldKeysMayBeWeak?: boolean;
}

const makeSecret = "`openssl rand -base64 32` makes one";

/**
 * A sentence, after the variable's name, for every secret that can be guessed or that does two things at once; never
 * with a value. What is malformed is the schema's to say.
 */
export function secretProblems(source: Source, { oldKeysMayBeWeak = false }: SecretRules = {}): string[] {
  const keys = keysOf(source.TOKEN_KEYS);
  const judged = oldKeysMayBeWeak ? keys.slice(0, 1) : keys;
  return [
    ...secretOfSessions(source.NEXTAUTH_SECRET, source.GOOGLE_CLIENT_SECRET, keys),
    ...judged.flatMap(({ id, key }, index) => {
      const weakness = weaknessOfKey(key);
      const remedy =
        index === 0
          ? `put a new one first: echo "k2:$(openssl rand -base64 32)"`
          : "run `npm run keys:rotate` and take it out";
      return weakness ? [`TOKEN_KEYS: key "${id}" ${weakness}, so it can be guessed; ${remedy}`] : [];
    }),
    ...keys.flatMap(({ id, key }, index) => {
      const same = keys.slice(0, index).find((earlier) => Buffer.compare(earlier.key, key) === 0);
      return same ? [`TOKEN_KEYS: keys "${same.id}" and "${id}" are the same key; each needs its own`] : [];
    }),
  ];
}

function secretOfSessions(
  secret: string | undefined,
  clientSecret: string | undefined,
  keys: readonly TokenKey[],
): string[] {
  if (secret === undefined || secret.length < 16) return [];
  const used = (what: string) => [
    `NEXTAUTH_SECRET: is ${what} too; it needs a value of its own: ${makeSecret}`,
  ];
  if (keys.some((key) => isWrittenIn(key, secret))) return used("a key of TOKEN_KEYS");
  if (secret === clientSecret) return used("GOOGLE_CLIENT_SECRET");
  const weakness = weaknessOfText(secret);
  return weakness ? [`NEXTAUTH_SECRET: ${weakness}, so it can be guessed; ${makeSecret}`] : [];
}

/** In base64, base64url or hexadecimal digits, alone or within more. */
function isWrittenIn({ key }: TokenKey, text: string): boolean {
  const bytes = Buffer.from(key);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return (
    text.includes(base64) ||
    text.includes(bytes.toString("base64url")) ||
    text.toLowerCase().includes(bytes.toString("hex")) ||
    text.includes(bytes.toString("latin1"))
  );
}

function keysOf(text: string | undefined): readonly TokenKey[] {
  try {
    return parseTokenKeys(text ?? "");
  } catch {
    return []; // The schema says what is wrong with it.
  }
}
