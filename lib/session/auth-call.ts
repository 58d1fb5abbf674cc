import "server-only";
import { cookiesOfFlow } from "./flow-cookies.ts";
import { type AuthCall, csrfPair } from "./run-nextauth.ts";

/** A request below /api/auth, read once. */
export interface SentCall {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly cookieNames: readonly string[];
  /** The call as NextAuth is to see it: with the cookies of one flow (or of none) under its own names. */
  inFlow(suffix: string | null): AuthCall;
}

export async function readAuthCall(request: Request, segments: readonly string[]): Promise<SentCall> {
  const cookies = parseCookies(request.headers.get("cookie"));
  const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
  const form = isForm ? Object.fromEntries(new URLSearchParams(await request.text())) : {};
  const { method } = request;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const headers = Object.fromEntries(request.headers);
  const inFlow = (suffix: string | null): AuthCall => {
    const call = { method, segments, query, headers, form, cookies: cookiesOfFlow(cookies, suffix) };
    return method === "POST" ? withCsrf(call) : call;
  };
  return { method, query, form, cookieNames: [...cookies.keys()], inFlow };
}

/** The form's origin has been checked, which is the stronger test: NextAuth is given the pair it looks for. */
function withCsrf(call: AuthCall): AuthCall {
  const { csrfToken, cookieName, cookieValue } = csrfPair();
  return {
    ...call,
    form: { ...call.form, csrfToken },
    cookies: { ...call.cookies, [cookieName]: cookieValue },
  };
}

function parseCookies(header: string | null): Map<string, string> {
  const pairs = (header ?? "").split(/;\s*/).map((pair) => {
    const end = pair.indexOf("=");
    return [pair.slice(0, end), decode(pair.slice(end + 1))] as const;
  });
  return new Map(pairs.filter(([name]) => name));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // Not ours: somebody else's cookie may hold anything.
  }
}
