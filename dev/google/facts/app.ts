import { createHash } from "node:crypto";
import { type Control, controlOf, type SignIn, signInHeadless } from "../control-client.ts";
import type { GoogleOptions } from "../options.ts";
import { defaultClient } from "../options.ts";
import { type LocalGoogle, startGoogle } from "../server.ts";

export const readonly = "https://www.googleapis.com/auth/gmail.readonly";
export const calendar = "https://www.googleapis.com/auth/calendar.readonly";
export const redirect = "http://127.0.0.1:3000/api/auth/callback/google";
export const mayaEmail = "maya@example.org";
export const sariEmail = "sari@example.org";
export const nilsEmail = "nils@example.org";

export interface TokenAnswer {
  status: number;
  body: Record<string, unknown> & {
    access_token: string;
    refresh_token?: string;
    scope: string;
    id_token: string;
  };
}

/** A small app with a local Google of its own, for the facts of docs/google.md. */
export async function startApp(options: GoogleOptions = {}) {
  const google: LocalGoogle = await startGoogle({ quiet: true, quota: false, messages: 300, ...options });
  const control: Control = controlOf(google.url);
  const verifier = "the-verifier-of-an-app-that-tries-what-google-does";

  const authorizationUrl = (parameters: Record<string, string> = {}): string => {
    const url = new URL(`${google.url}/o/oauth2/v2/auth`);
    url.search = new URLSearchParams({
      client_id: defaultClient.id,
      redirect_uri: redirect,
      response_type: "code",
      scope: `openid email profile ${readonly}`,
      access_type: "offline",
      include_granted_scopes: "true",
      state: "the-state",
      nonce: "the-nonce",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...parameters,
    }).toString();
    return url.href;
  };

  /** Through chooser and consent; the parameters Google sends back. */
  const signIn = async (person: SignIn, parameters: Record<string, string> = {}): Promise<URLSearchParams> =>
    new URL(await signInHeadless(google.url, authorizationUrl(parameters), person)).searchParams;

  const token = async (parameters: Record<string, string>): Promise<TokenAnswer> => {
    const credentials = { client_id: defaultClient.id, client_secret: defaultClient.secret };
    const answer = await fetch(`${google.url}/token`, {
      method: "POST",
      body: new URLSearchParams({ ...credentials, ...parameters }),
    });
    return { status: answer.status, body: (await answer.json()) as TokenAnswer["body"] };
  };

  const exchange = (code: string | null, parameters: Record<string, string> = {}): Promise<TokenAnswer> =>
    token({
      grant_type: "authorization_code",
      code: code ?? "",
      redirect_uri: redirect,
      code_verifier: verifier,
      ...parameters,
    });

  return {
    google,
    control,
    verifier,
    authorizationUrl,
    signIn,
    token,
    exchange,
    refresh: (refreshToken: string | undefined) =>
      token({ grant_type: "refresh_token", refresh_token: refreshToken ?? "" }),
    /** Sign in and exchange the code. */
    connect: async (person: SignIn, parameters: Record<string, string> = {}) =>
      exchange((await signIn(person, parameters)).get("code")),
    revoke: (value: string | undefined) =>
      fetch(`${google.url}/revoke`, { method: "POST", body: new URLSearchParams({ token: value ?? "" }) }),
    page: (parameters: Record<string, string> = {}) =>
      fetch(authorizationUrl(parameters), { redirect: "manual" }),
    gmail: async (accessToken: string, path: string, init: RequestInit = {}) => {
      const headers = { Authorization: `Bearer ${accessToken}`, ...(init.headers as Record<string, string>) };
      const answer = await fetch(`${google.url}/gmail/v1/users/me/${path}`, { ...init, headers });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever JSON comes
        body: (text ? JSON.parse(text) : null) as any,
      };
    },
    batch: async (accessToken: string | null, paths: string[]) => {
      const parts = paths.map(
        (path, at) =>
          `--b\r\nContent-Type: application/http\r\nContent-ID: <item-${at}>\r\n\r\nGET /gmail/v1/users/me/${path}\r\n\r\n`,
      );
      const answer = await fetch(`${google.url}/batch/gmail/v1`, {
        method: "POST",
        headers: {
          "Content-Type": "multipart/mixed; boundary=b",
          ...(accessToken === null ? {} : { Authorization: `Bearer ${accessToken}` }),
        },
        body: `${parts.join("")}--b--\r\n`,
      });
      const text = await answer.text();
      const found = [
        ...text.matchAll(/Content-ID: <response-item-(\d+)>[\s\S]*?HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n(.*)/g),
      ];
      return {
        status: answer.status,
        text,
        parts: found.map(([, id, status, body]) => ({
          id: Number(id),
          status: Number(status),
          body: body ?? "",
        })),
      };
    },
    close: () => google.close(),
  };
}

export type App = Awaited<ReturnType<typeof startApp>>;

/** The failure a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected a failure");
}
