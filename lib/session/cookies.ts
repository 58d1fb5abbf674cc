import "server-only";
import { randomBytes } from "node:crypto";
import { stringifySetCookie } from "cookie";
import type { Language } from "../domain/language.ts";
import { env } from "../env.ts";
import { languageCookie } from "../i18n/languages.ts";

/** Over https the prefix binds a cookie to this very host: no other host, and no plain http, can have set it. */
const isSecure = (): boolean => new URL(env().NEXTAUTH_URL).protocol === "https:";

const ownName = (name: string): string => `${isSecure() ? "__Host-" : ""}latchkey.${name}`;

/** Cookies have names of our own: another application on this host may use NextAuth's. */
export const sessionCookieName = (): string => ownName("session");

/** One random value, by which a browser is known again when it comes back from Google. */
const browserCookieName = (): string => ownName("browser");

/** A proof that this browser's person holds an account which is connected elsewhere. */
export const holderCookieName = (): string => ownName("holder");

/** No script can read it, and no other site's form sends it. */
export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: isSecure(),
});

/** A `Set-Cookie` line of ours. */
export const cookieLine = (name: string, value: string, maxAgeSeconds: number): string =>
  stringifySetCookie({ name, value, maxAge: maxAgeSeconds, ...cookieOptions() });

/** How long a browser keeps its language, in seconds: a year. */
export const languageSeconds = 365 * 24 * 60 * 60;

/** Has this browser speak the language of the person who has signed in. */
export const languageLine = (language: Language): string =>
  cookieLine(languageCookie, language, languageSeconds);

const browserForm = /^[\w-]{43}$/;
const daySeconds = 24 * 60 * 60;

/** The value by which this browser is known, or null: what nobody here has made counts for nothing. */
export function knownBrowser(cookies: ReadonlyMap<string, string>): string | null {
  const value = cookies.get(browserCookieName());
  return value !== undefined && browserForm.test(value) ? value : null;
}

/** 256 random bits. They grant nothing: what a trip is for, and for whom, stands in its row on the server. */
export const makeBrowser = (): string => randomBytes(32).toString("base64url");

export const browserLine = (browser: string): string => cookieLine(browserCookieName(), browser, daySeconds);
