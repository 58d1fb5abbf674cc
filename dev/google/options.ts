/** An OAuth client registered with the local Google. */
export interface Client {
  id: string;
  secret: string;
  /** Exact URIs; a port may be `*` (`http://127.0.0.1:*\/api/auth/callback/google`) so that tests may listen anywhere. */
  redirectUris: string[];
  /** An *internal* app: only people of this Workspace domain may use it, others meet `org_internal`. */
  internalTo?: string;
}

export interface GoogleOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  clients?: Client[];
  /** Grants, tokens, keys and mailbox changes are kept here (mode 0600) and survive a restart. */
  stateFile?: string;
  /** Seeded messages: for everyone, or by e-mail address. */
  messages?: number | Record<string, number>;
  /**
   * The moment the seeded mail leads up to. Unless it is given the same at every start, so that tests have the same mail
   * whenever they run; the running clock is always the real one plus what was advanced.
   */
  now?: Date;
  /** Count quota units and refuse what is over (docs/google.md §7). Default true. */
  quota?: boolean;
  latencyMs?: number;
  quiet?: boolean;
}

/** A Monday noon in Jakarta. */
export const seedMoment = new Date("2026-11-16T05:00:00Z");

/** What `npm run demo` registers. */
export const defaultClient: Client = {
  id: "latchkey-local.apps.example",
  secret: "local-secret",
  redirectUris: [
    "http://127.0.0.1:*/api/auth/callback/google",
    "http://localhost:*/api/auth/callback/google",
    "https://localhost:*/api/auth/callback/google",
    "http://127.0.0.1:*/callback",
  ],
};

/** Whether `uri` is one of the client's registered redirect URIs. */
export function isRegisteredRedirect(client: Client, uri: string): boolean {
  return client.redirectUris.some((registered) => {
    if (!registered.includes(":*")) return registered === uri;
    const [before = "", after = ""] = registered.split(":*");
    if (!uri.startsWith(`${before}:`) || !uri.endsWith(after)) return false;
    return /^\d{1,5}$/.test(uri.slice(before.length + 1, uri.length - after.length));
  });
}
