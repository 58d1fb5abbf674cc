import "server-only";
import { env } from "../../env.ts";
import { discoverEndpoints, type Endpoints } from "../../oauth/discovery.ts";
import { postForm } from "../../oauth/post-form.ts";
import { messageOf } from "../../telemetry/log.ts";
import { bad, doubtful, type Finding, well } from "./finding.ts";

const deadlineMs = 8_000;

/**
 * Examines what Google tells without anybody's consent: whether it is reachable, the clocks agree, and it knows the
 * client.
 */
export async function examineGoogle(): Promise<Finding[]> {
  const { GOOGLE_ISSUER: issuer } = env();
  let endpoints: Endpoints;
  try {
    endpoints = await discoverEndpoints(issuer, deadlineMs);
  } catch (error) {
    return [
      bad(
        "Google",
        `does not answer at ${issuer}: ${messageOf(error)}`,
        "let this machine reach it by https",
      ),
    ];
  }
  return [
    well("Google", `answers at ${issuer}`),
    await clock(issuer),
    await client(endpoints),
    await redirect(endpoints),
    await gmail(),
    ...push(),
  ];
}

const toleranceMs = 10_000;

/** Whether this machine's clock agrees with Google's: ID tokens are judged by the time. */
async function clock(issuer: string): Promise<Finding> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, ask());
  const at = Date.parse(answer.headers.get("date") ?? "");
  const apartMs = Math.abs(at - Date.now());
  if (Number.isNaN(at)) return doubtful("clock", "Google did not say what time it is", "try again");
  return apartMs <= toleranceMs
    ? well("clock", "agrees with Google's")
    : bad(
        "clock",
        `is ${Math.round(apartMs / 1000)} s from Google's`,
        "let this machine follow a time server",
      );
}

/** Whether Google knows the client: it judges that before a code, so a made-up code will do. */
async function client({ token }: Endpoints): Promise<Finding> {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env();
  const form = {
    grant_type: "authorization_code",
    code: "latchkey-doctor",
    client_id: GOOGLE_CLIENT_ID,
    client_secret: GOOGLE_CLIENT_SECRET,
    redirect_uri: redirectUri(),
  };
  const { text } = await postForm({ url: token, form }, "the doctor's question", { deadlineMs });
  const word = /"error"\s*:\s*"([a-z_]+)"/.exec(text)?.[1] ?? "nothing that is known";
  if (word === "invalid_grant") return well("OAuth client", "id and secret are known to Google");
  const remedy = "compare GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET with the Google Cloud console";
  return /client/.test(word)
    ? bad("OAuth client", `Google says ${word}`, remedy)
    : doubtful("OAuth client", `Google says ${word}`, remedy);
}

const redirectUri = (): string => new URL("/api/auth/callback/google", env().NEXTAUTH_URL).href;

/** Whether Google knows our redirect address: otherwise it shows an error in place of its sign-in. */
async function redirect({ authorization }: Endpoints): Promise<Finding> {
  const url = new URL(authorization);
  url.search = new URLSearchParams({
    client_id: env().GOOGLE_CLIENT_ID,
    redirect_uri: redirectUri(),
    response_type: "code",
    scope: "openid",
  }).toString();
  const answer = await fetch(url, { ...ask(), redirect: "manual" });
  const location = answer.headers.get("location") ?? "";
  return answer.status >= 400 || /error/i.test(location)
    ? bad(
        "way back",
        `Google does not lead to ${redirectUri()}`,
        "add that address to the client's authorized redirect URIs",
      )
    : well("way back", `${redirectUri()} is one that Google leads to, as far as it tells`);
}

async function gmail(): Promise<Finding> {
  const { GMAIL_ROOT_URL: root } = env();
  try {
    const { status } = await fetch(`${root}gmail/v1/users/me/profile`, ask());
    // A made-up token is refused: the right answer.
    if (status === 401 || status === 403) return well("Gmail", `answers at ${root}`);
    return doubtful(
      "Gmail",
      `answers ${status} at ${root}`,
      "look whether something on the way changes answers",
    );
  } catch (error) {
    return bad(
      "Gmail",
      `does not answer at ${root}: ${messageOf(error)}`,
      "let this machine reach it by https",
    );
  }
}

function push(): Finding[] {
  const { PUBSUB_TOPIC, PUBSUB_AUDIENCE, PUBSUB_SERVICE_ACCOUNT, NEXTAUTH_URL } = env();
  const set = [PUBSUB_TOPIC, PUBSUB_AUDIENCE, PUBSUB_SERVICE_ACCOUNT].filter(Boolean).length;
  const address = `${new URL(NEXTAUTH_URL).origin}/api/google/push`;
  if (set === 0) return [well("notifications", "off: mailboxes are followed by the schedule")];
  return set === 3
    ? [well("notifications", `on; the subscription has to call ${address}`)]
    : [
        bad(
          "notifications",
          "are half set up",
          "set PUBSUB_TOPIC, PUBSUB_AUDIENCE and PUBSUB_SERVICE_ACCOUNT, or none of them",
        ),
      ];
}

const ask = () => ({ signal: AbortSignal.timeout(deadlineMs), cache: "no-store" }) as const;
