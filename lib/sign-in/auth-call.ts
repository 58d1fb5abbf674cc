import "server-only";
import { readCookies } from "../domain/read-cookies.ts";
import { sessionCookieName } from "../session/cookies.ts";
import { csrfCookieName } from "./nextauth-cookies.ts";
import { type AuthCall, csrfPair } from "./run-nextauth.ts";

/** A request below /api/auth, read once. */
export interface SentCall {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly cookies: ReadonlyMap<string, string>;
  /** The token of the session that the browser came with, good or not. */
  readonly sessionToken: string | undefined;
  /** The call as NextAuth is to see it: with these cookies, and with none that the browser may hold besides. */
  withCookies(cookies: Readonly<Record<string, string>>): AuthCall;
}

export async function readAuthCall(request: Request, segments: readonly string[]): Promise<SentCall> {
  const cookies = readCookies(request.headers.get("cookie"));
  const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
  const form = isForm ? Object.fromEntries(new URLSearchParams(await request.text())) : {};
  const { method } = request;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const headers = Object.fromEntries(request.headers);
  const withCookies = (seen: Readonly<Record<string, string>>): AuthCall => {
    const call = { method, segments, query, headers, form, cookies: seen };
    return method === "POST" ? withCsrf(call) : call;
  };
  const sessionToken = cookies.get(sessionCookieName());
  return { method, query, form, cookies, sessionToken, withCookies };
}

/** The session's cookie alone, as NextAuth reads it: cookies that only begin with its name would be read as parts of it. */
export const sessionCookie = ({ sessionToken }: SentCall): Record<string, string> =>
  sessionToken === undefined ? {} : { [sessionCookieName()]: sessionToken };

/** The form's origin has been checked, which is the stronger test: NextAuth is given the pair it looks for. */
function withCsrf(call: AuthCall): AuthCall {
  const { csrfToken, cookieValue } = csrfPair();
  return {
    ...call,
    form: { ...call.form, csrfToken },
    cookies: { ...call.cookies, [csrfCookieName]: cookieValue },
  };
}
