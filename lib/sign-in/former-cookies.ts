import "server-only";
import { stringifySetCookie } from "cookie";
import { cookieOptions } from "../session/cookies.ts";

/**
 * Until now each trip to Google left up to five cookies, whose names ended in a hash of its state: some kilobytes of them
 * in a browser that gave up sign-ins. No other application of NextAuth's has such names; theirs are left alone.
 */
const former =
  /^(?:__Secure-)?(?:next-auth\.(?:state|pkce\.code_verifier|nonce|callback-url)|latchkey\.flow)(\.[\w-]{12})$/;

/** `Set-Cookie` lines that end the oldest of those trips: one at a time, so that no answer's head grows long. */
export function clearFormerCookies(sent: Iterable<string>): string[] {
  const names = [...sent].filter((name) => former.test(name));
  // A browser sends its oldest cookies first.
  const oldest = names[0]?.match(former)?.[1];
  return names
    .filter((name) => oldest !== undefined && name.endsWith(oldest))
    .map((name) => {
      const secure = name.startsWith("__");
      return stringifySetCookie({ name, value: "", maxAge: 0, ...cookieOptions(), secure });
    });
}
