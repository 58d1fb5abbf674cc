import { z } from "zod";

/**
 * Where a page begins, as Gmail tells it: its page token, how many messages came before, and the tokens of the pages
 * before (Gmail's tokens only lead on). Opaque in the address; whatever comes back from there is parsed.
 */
export interface PageCursor {
  readonly token: string;
  readonly before: number;
  readonly trail: readonly string[];
}

const trailLength = 40;
const longest = 7_000;

const schema = z.object({
  t: z.string().min(1).max(2_000),
  n: z.int().min(1).max(100_000_000),
  p: z.array(z.string().min(1).max(2_000)).max(trailLength),
});

/** The cursor as a text. What is too long for an address loses the far end of its trail. */
export function encodeCursor({ token, before, trail }: PageCursor): string {
  for (let kept = trail.slice(-trailLength); ; kept = kept.slice(1)) {
    const json = JSON.stringify({ t: token, n: before, p: kept });
    const text = Buffer.from(json, "utf8").toString("base64url");
    if (text.length <= longest || kept.length === 0) return text;
  }
}

/** The cursor, or null when the text is none. */
export function decodeCursor(text: string): PageCursor | null {
  if (text.length > longest) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return parsed.success ? { token: parsed.data.t, before: parsed.data.n, trail: parsed.data.p } : null;
  } catch {
    return null; // Not JSON: somebody typed it.
  }
}

/** The cursor of the page before this one; null when that is the first page. */
export function cursorBefore(cursor: PageCursor, pageSize: number): PageCursor | null {
  const token = cursor.trail.at(-1);
  if (token === undefined) return null;
  return { token, before: Math.max(1, cursor.before - pageSize), trail: cursor.trail.slice(0, -1) };
}

/** The cursor of the page after the one that `cursor` leads to. */
export function cursorAfter(cursor: PageCursor | null, nextPageToken: string, pageSize: number): PageCursor {
  return {
    token: nextPageToken,
    before: (cursor?.before ?? 0) + pageSize,
    trail: cursor ? [...cursor.trail, cursor.token] : [],
  };
}
