import "server-only";
import { cookies } from "next/headers";
import type { Language } from "../domain/language.ts";
import { env } from "../env.ts";
import { languageCookie } from "../i18n/languages.ts";

/** Over https the prefix binds a cookie to this very host: no other host, and no plain http, can have set it. */
const isSecure = (): boolean => new URL(env().NEXTAUTH_URL).protocol === "https:";

const ownName = (name: string): string => `${isSecure() ? "__Host-" : ""}latchkey.${name}`;

/** Cookies have names of our own: another application on this host may use NextAuth's. */
export const sessionCookieName = (): string => ownName("session");

/** One random value, by which a browser is known again when it comes back from Google. */
export const browserCookieName = (): string => ownName("browser");

/** A proof that this browser's person holds an account which is connected elsewhere. */
export const holderCookieName = (): string => ownName("holder");

/** A `Set-Cookie` line that no script can read and no other site's form sends. */
export const cookieLine = (name: string, value: string, maxAgeSeconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${isSecure() ? "; Secure" : ""}`;

/** How NextAuth sets them. */
export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: isSecure(),
});

const yearSeconds = 365 * 24 * 60 * 60;

/** Has this browser speak the language of the person who has signed in. */
export const languageLine = (language: Language): string => cookieLine(languageCookie, language, yearSeconds);

/** Has this browser speak a language from now on. */
export async function rememberLanguage(language: Language): Promise<void> {
  (await cookies()).set(languageCookie, language, { ...cookieOptions(), maxAge: yearSeconds });
}
