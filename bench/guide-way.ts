/**
 * The way of Google's guides, with Google's own library: list the ids, then get one message after the other. Written as
 * somebody careful would: headers only, no retries to wait for, gzip (googleapis asks for it), kept connections.
 * @see https://developers.google.com/workspace/gmail/api/guides/list-messages
 */
import { Agent } from "node:http";
import { OAuth2Client } from "google-auth-library";
import { gmail } from "googleapis/build/src/apis/gmail/index.js";

const agent = new Agent({ keepAlive: true });

export interface GuideOptions {
  readonly rootUrl: string;
  readonly accessToken: string;
  readonly count: number;
}

export interface GuideRow {
  readonly id: string;
  readonly subject: string | null;
}

/** The newest messages of the inbox, with what a list shows of them. */
export async function readFirstPage({ rootUrl, accessToken, count }: GuideOptions): Promise<GuideRow[]> {
  const auth = new OAuth2Client({ credentials: { access_token: accessToken } });
  const api = gmail({ version: "v1", auth, rootUrl, agent });
  const { data } = await api.users.messages.list({ userId: "me", labelIds: ["INBOX"], maxResults: count });
  const rows: GuideRow[] = [];
  for (const { id } of data.messages ?? []) {
    if (!id) continue;
    const message = await api.users.messages.get({
      userId: "me",
      id,
      format: "metadata",
      metadataHeaders: ["From", "To", "Subject", "Date"],
    });
    const headers = message.data.payload?.headers ?? [];
    rows.push({ id, subject: headers.find(({ name }) => name === "Subject")?.value ?? null });
  }
  return rows;
}

/** An access token as a web app gets one that makes a client for each request: a refresh each. */
export async function refreshAlone(tokenUrl: string, refreshToken: string): Promise<string> {
  const { GOOGLE_CLIENT_ID: clientId = "", GOOGLE_CLIENT_SECRET: clientSecret = "" } = process.env;
  const client = new OAuth2Client({
    clientId,
    clientSecret,
    endpoints: { oauth2TokenUrl: tokenUrl },
    credentials: { refresh_token: refreshToken, expiry_date: 1 },
  });
  const { token } = await client.getAccessToken();
  if (!token) throw new Error("There was no access token in the answer.");
  return token;
}
