import { onTestFinished } from "vitest";
import type { CounterReport } from "#dev/google/counters.ts";
import { DEFAULT_CLIENT } from "#dev/google/options.ts";
import { startGoogle } from "#dev/google/server.ts";
import type { GmailAccess } from "./access.ts";
import type { OpenMailboxOptions } from "./mailbox.ts";
import { openMailbox } from "./open-mailbox.ts";

/** A Google of the test's own, with the mailbox of one person who has consented. */
export async function connectedGoogle(options: { email?: string; scopes?: string[] } = {}) {
  const email = options.email ?? "maya@example.org";
  const google = await startGoogle({ quiet: true, messages: 120 });
  onTestFinished(() => google.close());

  async function control<T>(name: string, order: object = {}): Promise<T> {
    const response = await fetch(`${google.url}/control/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    if (!response.ok) throw new Error(`control ${name}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const grant = await control<{ accessToken: string; refreshToken: string }>("grant", {
    email,
    ...(options.scopes && { scopes: options.scopes }),
  });
  const access = refreshingAccess(google.url, grant);
  return {
    email,
    access,
    control,
    /** Orders that name this person. */
    order: <T>(name: string, order: object = {}) => control<T>(name, { email, ...order }),
    counters: async () => (await (await fetch(`${google.url}/control/counters`)).json()) as CounterReport,
    mailbox: (rest: Partial<OpenMailboxOptions> = {}) =>
      openMailbox({ access, rootUrl: `${google.url}/`, random: () => 0, ...rest }),
  };
}

/** What the vault does in the product, without keeping anything: a refresh for each renewal. */
function refreshingAccess(
  url: string,
  grant: { accessToken: string; refreshToken: string },
): GmailAccess & { renewals: number } {
  return {
    renewals: 0,
    token: async () => grant.accessToken,
    async renew() {
      this.renewals += 1;
      const body = new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: grant.refreshToken,
        client_id: DEFAULT_CLIENT.id,
        client_secret: DEFAULT_CLIENT.secret,
      });
      const response = await fetch(`${url}/token`, { method: "POST", body });
      const { access_token } = (await response.json()) as { access_token?: string };
      if (!access_token) throw new Error("the refresh failed");
      return access_token;
    },
  };
}
