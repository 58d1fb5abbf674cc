import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, randomBytes } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { env } from "../env.ts";
import { discoverEndpoints, type Endpoints } from "../oauth/discovery.ts";
import { clientOf } from "../request/visit.ts";
import { type Admit, nextAuthOptions } from "./nextauth-options.ts";

export interface AuthCall {
  readonly method: string;
  /** `["callback", "google"]` and the like. */
  readonly segments: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface AuthAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly setCookies: readonly string[];
  readonly body: unknown;
  /** What went wrong, first things first: what `judge` threw, and what NextAuth reported to its log. */
  readonly errors: readonly unknown[];
}

/** Judges Google's answer to the code exchange, before NextAuth opens a session. */
export type Judge<Judged> = (...answer: Parameters<Admit>) => Promise<Judged>;

// NextAuth has one logger a process; whose request an error belongs to is told by the asynchronous context.
const errorsOfRequest = new AsyncLocalStorage<unknown[]>();

/**
 * Runs NextAuth through its handler for plain requests and answers, not the one for route handlers: that one reads
 * the browser's cookies itself, and most of what it looks for is kept on the server.
 * @param judge left out where no code comes back
 * @returns the answer, and what `judge` said of it; null where it did not come to that
 */
export async function runNextAuth<Judged extends { readonly admitted: boolean }>(
  call: AuthCall,
  judge?: Judge<Judged>,
): Promise<AuthAnswer & { readonly judged: Judged | null }> {
  const errors: unknown[] = [];
  let judged: Judged | null = null;
  const admit: Admit = async (identity, tokens) => {
    try {
      judged = (await judge?.(identity, tokens)) ?? null;
    } catch (error) {
      errors.unshift(error); // NextAuth would put its words into an address, and nothing into the log.
    }
    return judged?.admitted ?? false;
  };
  const client = clientOf(new Headers(call.headers));
  const google = await findGoogle(call);
  if (google.failed) return { ...nothing, errors: [google.error], judged };
  const note = (error: unknown) => errorsOfRequest.getStore()?.push(error);
  const options = nextAuthOptions(admit, client, google.endpoints, note);
  const answer = recordAnswer();
  const request = {
    method: call.method,
    headers: call.headers,
    cookies: call.cookies,
    body: call.form,
    query: { ...call.query, nextauth: [...call.segments] },
  };
  await errorsOfRequest.run(errors, () =>
    NextAuth(request as unknown as NextApiRequest, answer.response as unknown as NextApiResponse, options),
  );
  return { ...answer.read(), errors, judged };
}

const nothing = { status: 503, location: null, setCookies: [], body: null } as const;

type Google =
  | { readonly failed: false; readonly endpoints: Endpoints | null }
  | { readonly failed: true; readonly error: unknown };

const discoveryDeadlineMs = 10_000;

/** Where Google is, for what goes there. That it does not say so is told like NextAuth's own failures. */
async function findGoogle({ segments: [action = ""] }: AuthCall): Promise<Google> {
  if (action !== "signin" && action !== "callback") return { failed: false, endpoints: null };
  try {
    return { failed: false, endpoints: await discoverEndpoints(env().GOOGLE_ISSUER, discoveryDeadlineMs) };
  } catch (error) {
    return { failed: true, error };
  }
}

/** The part of a Node response that NextAuth writes to. */
function recordAnswer() {
  const headers = new Map<string, string | string[]>();
  let status = 200;
  let body: unknown = null;
  const response = {
    status(code: number) {
      status = code;
      return response;
    },
    setHeader(name: string, value: string | string[]) {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    end() {},
    send(value: unknown) {
      body = value;
    },
    json(value: unknown) {
      body = value;
    },
  };
  const read = () => {
    const cookies = headers.get("set-cookie") ?? [];
    const location = headers.get("location");
    return {
      status,
      body,
      location: typeof location === "string" ? location : null,
      setCookies: Array.isArray(cookies) ? cookies : [cookies],
    };
  };
  return { response, read };
}

/**
 * A pair of token and cookie value as NextAuth expects it. The route has checked the request's origin, which is the
 * stronger test; so a plain HTML form needs no token and works without JavaScript.
 */
export function csrfPair(): { csrfToken: string; cookieValue: string } {
  const csrfToken = randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(`${csrfToken}${env().NEXTAUTH_SECRET}`).digest("hex");
  return { csrfToken, cookieValue: `${csrfToken}|${hash}` };
}
