import "server-only";
import { env } from "../../env.ts";
import { messageOf } from "../../telemetry/log.ts";
import { bad, doubtful, type Finding, well } from "./finding.ts";

const deadlineMs = 5_000;

/** Examines a running instance, as people reach it and as this machine does. That none runs yet is no fault. */
export async function examineInstance(): Promise<Finding[]> {
  const { PORT, NEXTAUTH_URL } = env();
  const own = `http://127.0.0.1:${PORT}`;
  const here = await ask(`${own}/api/health/ready`);
  if (here === null) return [well("instance", `none runs on port ${PORT} yet`)];
  return [readiness(here), await fromOutside(NEXTAUTH_URL), await forwarded(own)];
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function ask(url: string, headers: Record<string, string> = {}): Promise<Answer | null> {
  try {
    const answer = await fetch(url, {
      headers,
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(deadlineMs),
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  } catch {
    return null; // What that means depends on who was asked.
  }
}

function readiness({ status, text }: Answer): Finding {
  const said = /"status"\s*:\s*"([a-z-]+)"/.exec(text)?.[1] ?? `answer ${status}`;
  return status === 200 && said === "ok"
    ? well("instance", "is ready")
    : bad("instance", `says ${said}`, "see docs/operations.md, Health");
}

async function fromOutside(address: string): Promise<Finding> {
  const about = "address";
  const origin = new URL(address).origin;
  const remedy = "look at the reverse proxy, the certificate and the name: people come by NEXTAUTH_URL";
  try {
    const answer = await ask(`${origin}/api/health/live`);
    if (answer === null) return doubtful(about, `${origin} does not answer from here`, remedy);
    return answer.status === 200 && answer.text.includes('"live"')
      ? well(about, `${origin} leads here`)
      : bad(about, `${origin} answers ${answer.status}, and not as Latchkey does`, remedy);
  } catch (error) {
    return doubtful(about, messageOf(error), remedy);
  }
}

/** Whether the instance has believed what proxies say of addresses, by what it has counted since its start. */
async function forwarded(own: string): Promise<Finding> {
  const about = "proxy";
  const { METRICS_TOKEN: token, TRUSTED_PROXIES: trusted } = env();
  const answer = await ask(`${own}/api/metrics`, token ? { authorization: `Bearer ${token}` } : {});
  const counted = (word: string): number =>
    Number(
      new RegExp(`^latchkey_forwarded_total\\{told="${word}"\\} (\\d+)`, "m").exec(answer?.text ?? "")?.[1] ??
        0,
    );
  const [believed, notBelieved] = [counted("believed"), counted("not-believed")];
  if (notBelieved > 0)
    return doubtful(
      about,
      `${notBelieved} requests told an address that was not believed`,
      `name the proxy in TRUSTED_PROXIES (now: ${trusted}), or everybody shares its limits`,
    );
  if (believed > 0) return well(about, "tells who asks, and is believed");
  return doubtful(
    about,
    "no request has told an X-Forwarded-For so far",
    "let the proxy write it: see deploy/nginx.conf",
  );
}
