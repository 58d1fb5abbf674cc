import { OAuth2Client } from "google-auth-library";
import { onTestFinished } from "vitest";
import { controlOf, signInHeadless } from "#dev/google/control-client.ts";
import { defaultClient } from "#dev/google/options.ts";
import { startGoogle } from "#dev/google/server.ts";
import type { MailboxOptions } from "./mailbox.ts";
import { mailboxClient } from "./mailbox-client.ts";
import type { GmailAccess } from "./operation.ts";

const readonly = "https://www.googleapis.com/auth/gmail.readonly";
const email = "maya@example.org";

/** A Google of the test's own, and the mailbox of one person who has signed in and consented to these scopes. */
export async function connectedGoogle(scopes: readonly string[] = [readonly]) {
  const google = await startGoogle({ quiet: true, messages: 120 });
  onTestFinished(() => google.close());
  const access = await signIn(google.url, ["openid", ...scopes]);
  return {
    email: email,
    access,
    control: controlOf(google.url),
    mailbox: (rest: Partial<MailboxOptions> = {}) =>
      mailboxClient({ access, rootUrl: `${google.url}/`, random: () => 0, ...rest }),
  };
}

/** What the vault does in the product, without keeping anything: a code exchange, and a refresh for each renewal. */
async function signIn(url: string, scope: string[]): Promise<GmailAccess & { renewals: number }> {
  const client = new OAuth2Client({
    clientId: defaultClient.id,
    clientSecret: defaultClient.secret,
    redirectUri: "http://127.0.0.1:1/callback",
    endpoints: { oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`, oauth2TokenUrl: `${url}/token` },
  });
  const asked = client.generateAuthUrl({ access_type: "offline", scope });
  const back = new URL(await signInHeadless(url, asked, { email: email }));
  const { tokens } = await client.getToken(back.searchParams.get("code") ?? "");
  client.setCredentials(tokens);
  const access = {
    renewals: 0,
    token: async () => tokens.access_token ?? "",
    renew: async () => {
      access.renewals += 1;
      const { credentials } = await client.refreshAccessToken();
      return credentials.access_token ?? "";
    },
  };
  return access;
}
