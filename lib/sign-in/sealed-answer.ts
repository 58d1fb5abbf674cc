import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env.ts";
import type { Landing } from "./landing.ts";

const salt = "latchkey.answer";
const minuteSeconds = 60;
const schema = z.object({ setCookies: z.array(z.string()) });

/**
 * An answer's cookies for the second tab of the same browser, which waits for the first: encrypted with NEXTAUTH_SECRET, as
 * NextAuth's own values are, since they open a session. Null where there are none to hand on.
 */
export async function sealAnswer({ setCookies }: Landing): Promise<string | null> {
  if (setCookies.length === 0) return null;
  return encode({
    token: { setCookies: [...setCookies] },
    secret: env().NEXTAUTH_SECRET,
    maxAge: minuteSeconds,
    salt,
  });
}

/** The cookies again. @throws Error for what does not open, or not any more */
export async function openAnswer(sealed: string): Promise<string[]> {
  return schema.parse(await decode({ token: sealed, secret: env().NEXTAUTH_SECRET, salt })).setCookies;
}
