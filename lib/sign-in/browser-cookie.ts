import "server-only";
import { randomBytes } from "node:crypto";
import { browserCookieName, cookieLine } from "../session/cookies.ts";

const form = /^[\w-]{43}$/;
const daySeconds = 24 * 60 * 60;

/** The value by which this browser is known, or null: what nobody here has made counts for nothing. */
export function knownBrowser(cookies: ReadonlyMap<string, string>): string | null {
  const value = cookies.get(browserCookieName());
  return value !== undefined && form.test(value) ? value : null;
}

/** 256 random bits. They grant nothing: what a trip is for, and for whom, stands in its row on the server. */
export const makeBrowser = (): string => randomBytes(32).toString("base64url");

export const browserLine = (browser: string): string => cookieLine(browserCookieName(), browser, daySeconds);
