import { parseSetCookie } from "cookie";
import { signInHeadless } from "#dev/google/control-client.ts";
import { env } from "../env.ts";
import { handleAuth } from "./handle-auth.ts";

type Fields = Readonly<Record<string, string>>;

/** Headers that a browser of today sends with a navigation, beside cookies and address. */
const usualHeaders = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": "en-GB,en;q=0.9,id;q=0.8",
  "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "upgrade-insecure-requests": "1",
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
};

const bytesOf = (lines: Iterable<readonly [string, string]>): number =>
  [...lines].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);

/** A browser as far as its cookies go: it keeps what answers set, and sends all of it. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** The longest head of an answer, and the longest request but for its body, so far: bytes. */
  longestAnswer = 0;
  longestRequest = 0;

  async visit(path: string, headers: Fields = {}, method = "GET"): Promise<Response> {
    const url = new URL(path, env().NEXTAUTH_URL);
    return this.#send(new Request(url, { method, headers: this.#headers(headers) }));
  }

  async post(path: string, form: Fields, headers: Fields = {}): Promise<Response> {
    const url = new URL(path, env().NEXTAUTH_URL);
    const sent = this.#headers({ origin: url.origin, "sec-fetch-site": "same-origin", ...headers });
    return this.#send(new Request(url, { method: "POST", headers: sent, body: new URLSearchParams(form) }));
  }

  /** Presses a sign-in form. Returns where at Google, or here, that leads. */
  async begin(form: Fields = {}, prompt?: string): Promise<string> {
    const query = prompt ? `?prompt=${prompt}` : "";
    const answer = await this.post(`/api/auth/signin/google${query}`, { callbackUrl: "/mail", ...form });
    return answer.headers.get("location") ?? "";
  }

  /** Begins, and answers Google's pages as this person. Returns Google's way back. */
  async goToGoogle(email: string, form: Fields = {}, action: "allow" | "cancel" = "allow"): Promise<string> {
    const authorization = new URL(await this.begin(form));
    authorization.searchParams.delete("login_hint");
    return signInHeadless(env().GOOGLE_ISSUER, authorization.toString(), { email, action });
  }

  /** Comes back, and says where that leads. */
  async comeBack(callback: string): Promise<string> {
    return (await this.visit(callback)).headers.get("location") ?? "";
  }

  async signIn(email: string): Promise<string> {
    return this.comeBack(await this.goToGoogle(email));
  }

  get session(): string | undefined {
    return this.cookies.get("latchkey.session");
  }

  #headers(more: Fields): Headers {
    const headers = new Headers({ ...usualHeaders, ...more });
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookie) headers.set("cookie", cookie);
    return headers;
  }

  async #send(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const requestLine = `${request.method} ${pathname}${search} HTTP/1.1`.length;
    this.longestRequest = Math.max(this.longestRequest, requestLine + bytesOf(request.headers));
    const answer = await handleAuth(request, pathname.replace("/api/auth/", "").split("/"));
    this.longestAnswer = Math.max(this.longestAnswer, bytesOf(answer.headers));
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const { name, value = "", maxAge } = parseSetCookie(line, { decode: (text) => text });
    if (maxAge === 0) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
