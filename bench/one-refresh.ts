/** However many ask for an access token at expiry, in however many processes, Google is asked once. */
import { database } from "#lib/db/client.ts";
import type { Finding } from "./measure.ts";
import { median } from "./median.ts";
import { type ConnectedPerson, connectPerson } from "./person.ts";
import type { RefreshOrder } from "./refresh.worker.ts";
import type { Stage } from "./stage.ts";
import { startWorker, type Worker } from "./worker.ts";

const processes = 4;
const callsEach = 50;
/** Google's answer takes this long: at once, as fast as a good line, and slow enough for all to pile up. */
const latenciesMs = [0, 60, 1_000];
const roundsEach = 5;

export async function measureOneRefresh(stage: Stage): Promise<Finding> {
  const person = await connectPerson(stage.google, 0);
  const env = stage.environmentFor(1);
  const workers = await Promise.all(
    Array.from({ length: processes }, () => startWorker("refresh.worker.ts", env)),
  );
  try {
    await stage.google.fault({ kind: "slow", latencyMs: 60, target: "token", email: person.email });
    const guide = await round(stage, workers, person, "guide");
    const counts: number[] = [];
    for (const latencyMs of latenciesMs) {
      await stage.google.clearFaults();
      if (latencyMs > 0) await stage.google.fault({ kind: "slow", latencyMs, target: "token" });
      for (let done = 0; done < roundsEach; done += 1) {
        counts.push(await round(stage, workers, person, "latchkey"));
      }
    }
    await stage.google.clearFaults();
    const rounds = counts.length;
    return {
      measures: [
        {
          name: "one refresh per expiry",
          what: `token requests for ${processes * callsEach} accessTokenFor over ${processes} processes, ${rounds} rounds`,
          against: `${guide}: a google-auth-library client per request`,
          wanted: "exactly 1 in every round",
          measured: `median ${median(counts)}, least ${Math.min(...counts)}, most ${Math.max(...counts)}`,
          met: counts.every((count) => count === 1),
        },
      ],
      notes: [
        `One refresh: in every round all ${processes * callsEach} calls got the same new token; Google's token endpoint took ${latenciesMs.join(", ")} ms (${roundsEach} rounds each).`,
      ],
    };
  } finally {
    await stage.google.clearFaults();
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

/** Lets the token expire, gives the signal to all, and counts what reached Google's token endpoint. */
async function round(
  stage: Stage,
  workers: readonly Worker[],
  person: ConnectedPerson,
  way: RefreshOrder["way"],
): Promise<number> {
  await stage.google.expireAccessTokens(person.email);
  const { accountId, refreshToken } = person;
  const before = await database().credential.update({
    where: { accountId },
    data: { accessTokenExpiresAt: new Date() },
  });
  await stage.google.resetCounters();
  const tokenUrl = `${stage.google.url}/token`;
  const order: RefreshOrder = { way, calls: callsEach, accountId, tokenUrl, refreshToken };
  const answers = (await Promise.all(workers.map((worker) => worker.ask(order)))) as Answer[];
  const tokens = answers.flatMap((answer) => {
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.tokens;
  });
  if (way === "latchkey") await requireOneNewToken(accountId, tokens, before.version);
  return (await stage.google.counters()).calls["token.refresh_token"] ?? 0;
}

type Answer = { readonly tokens: string[]; readonly error?: undefined } | { readonly error: string };

async function requireOneNewToken(accountId: string, tokens: readonly string[], versionBefore: number) {
  const after = await database().credential.findUniqueOrThrow({ where: { accountId } });
  const distinct = new Set(tokens).size;
  if (tokens.length !== processes * callsEach || distinct !== 1 || after.version !== versionBefore + 1) {
    throw new Error(
      `${tokens.length} calls got ${distinct} tokens; the credential went from version ${versionBefore} to ${after.version}.`,
    );
  }
}
