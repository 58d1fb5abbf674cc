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
    const guide = await playRound(stage, workers, person, "guide");
    const played: Round[] = [];
    for (const latencyMs of latenciesMs) {
      await stage.google.clearFaults();
      if (latencyMs > 0) await stage.google.fault({ kind: "slow", latencyMs, target: "token" });
      for (let done = 0; done < roundsEach; done += 1) {
        played.push(await playRound(stage, workers, person, "latchkey"));
      }
    }
    const counts = played.map(({ requests }) => requests);
    return {
      measures: [
        {
          name: "one refresh per expiry",
          what: `token requests for ${processes * callsEach} accessTokenFor over ${processes} processes, ${played.length} rounds`,
          against: `${guide.requests}: a google-auth-library client per request`,
          wanted: "exactly 1 in every round",
          measured: `median ${median(counts)}, least ${Math.min(...counts)}, most ${Math.max(...counts)}`,
          met: played.every(({ requests, tokens }) => requests === 1 && tokens === 1),
        },
      ],
      notes: [
        `One refresh: different tokens handed out in a round, at most: ${Math.max(...played.map(({ tokens }) => tokens))}. Google's token endpoint took ${latenciesMs.join(", ")} ms (${roundsEach} rounds each).`,
      ],
    };
  } finally {
    await stage.google.clearFaults();
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

interface Round {
  /** What reached Google's token endpoint. */
  readonly requests: number;
  /** How many different access tokens were handed out. */
  readonly tokens: number;
}

type Answer = { readonly tokens: string[]; readonly error?: undefined } | { readonly error: string };

/** Lets the token expire, gives the signal to all, and counts. @throws Error when a call got no token */
async function playRound(
  stage: Stage,
  workers: readonly Worker[],
  { email, accountId, refreshToken }: ConnectedPerson,
  way: RefreshOrder["way"],
): Promise<Round> {
  await stage.google.expireAccessTokens(email);
  await database().credential.update({ where: { accountId }, data: { accessTokenExpiresAt: new Date() } });
  await stage.google.resetCounters();
  const tokenUrl = `${stage.google.url}/token`;
  const order: RefreshOrder = { way, calls: callsEach, accountId, tokenUrl, refreshToken };
  const answers = (await Promise.all(workers.map((worker) => worker.ask(order)))) as Answer[];
  const tokens = answers.flatMap((answer) => {
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.tokens;
  });
  const { calls } = await stage.google.counters();
  return { requests: calls["token.refresh_token"] ?? 0, tokens: new Set(tokens).size };
}
