/** The first page of an inbox that nobody has read yet: ours against the guide's way, on a line of 60 ms. */
import { join } from "node:path";
import { freePort } from "#dev/database.ts";
import { defaultSettings } from "#dev/google/google.ts";
import { startLatchkey } from "#dev/latchkey.ts";
import {
  mailboxSize,
  pageSize,
  playRound,
  playUseCase,
  type Reading,
  type Round,
} from "./first-page-round.ts";
import type { Finding, Measure } from "./measure.ts";
import { median, spread } from "./median.ts";
import { directory, type Stage } from "./stage.ts";

const latencyMs = 60;
const rounds = 9;
/** Before them, on other people: compiled code and open connections for every way alike. */
const warmUps = 3;
/** What one batch of 25 took on a live mailbox (GOOGLE.md §6: four in 0.7 s). */
const liveBatchMs = 175;

export async function measureFirstPage(stage: Stage): Promise<Finding> {
  const port = await freePort();
  const latchkey = await startLatchkey({
    // What jobs ask of Google meanwhile is not the page's.
    env: { ...stage.environmentFor(port), WORKER_CONCURRENCY: "0" },
    logFile: join(directory, "latchkey.log"),
  });
  const repeat = async <T>(times: number, play: () => Promise<T>): Promise<T[]> => {
    const played: T[] = [];
    for (let done = 0; done < times; done += 1) played.push(await play());
    return played;
  };
  try {
    await stage.google.fault({ kind: "slow", target: "gmail", latencyMs });
    await repeat(warmUps, () => playRound(stage, latchkey.url));
    const played = await repeat(rounds, () => playRound(stage, latchkey.url));
    await stage.google.settings({ batchMs: liveBatchMs - latencyMs });
    const liveLike = await repeat(Math.ceil(rounds / 2), () => playRound(stage, latchkey.url));
    await stage.google.settings({ batchMs: defaultSettings.batchMs });
    await stage.google.clearFaults();
    const atOnce = await repeat(rounds, () => playUseCase(stage));
    return {
      measures: [...roundTrips(played), ...speed(played), ...told(played, liveLike, atOnce)],
      notes: notesOn(played),
    };
  } finally {
    await stage.google.clearFaults();
    await latchkey.stop();
  }
}

const most = (values: readonly number[]): number => Math.max(...values);

/**
 * Calls that wait for each other never overlap, so no round can show less than what the code demands; a busy machine
 * makes calls miss each other that need not, and shows more.
 */
function demanded(depths: readonly number[]): { readonly depth: number; readonly words: string } {
  const depth = Math.min(...depths);
  const often = depths.filter((one) => one === depth).length;
  return { depth, words: `${depth} (in ${often} of ${depths.length} rounds, ${most(depths)} at most)` };
}

function roundTrips(played: readonly Round[]): Measure[] {
  const guide = median(played.map((round) => round.guide.depth));
  const common = {
    name: "first page: round trips",
    against: `${guide} (the guide's way)`,
    wanted: "at most 3 one after another",
  };
  const useCase = demanded(played.map((round) => round.useCase.depth));
  const toRows = demanded(played.map((round) => round.html.depthToRows));
  const whole = demanded(played.map((round) => round.html.depth));
  return [
    {
      ...common,
      what: `readMessagePage, ${pageSize} messages, cold`,
      measured: useCase.words,
      met: useCase.depth <= 3,
    },
    {
      ...common,
      what: `the inbox over HTTP, to row ${pageSize}`,
      measured: toRows.words,
      met: toRows.depth <= 3,
    },
    {
      ...common,
      what: "the inbox over HTTP, to the last byte (with the rail's labels and counts)",
      wanted: "–",
      measured: whole.words,
      met: null,
    },
  ];
}

type Time = (round: Round) => number;

const ways: readonly (readonly [what: string, time: Time, judged: boolean])[] = [
  ["readMessagePage", (round) => round.useCase.ms, true],
  [`the inbox over HTTP, to row ${pageSize}`, (round) => round.html.rowsMs, true],
  // With the rail's labels and counts, which the guide's way does not read: a fourth round trip after the rows.
  ["the inbox over HTTP, to the last byte", (round) => round.html.ms, false],
];

/** Each round is one person's page in every way: the ratio is taken there, and its median judged. */
function speed(played: readonly Round[]): Measure[] {
  const guide = spread(
    played.map((round) => round.guide.ms),
    " ms",
  );
  return ways.map(([what, time, judged]) => {
    const ratios = played.map((round) => round.guide.ms / time(round));
    return {
      name: "first page: speed",
      what: `${what}, ${latencyMs} ms a call`,
      against: `${guide}, the guide's way`,
      wanted: judged ? "at least 8 times faster" : "–",
      measured: `${spread(ratios, "×", 1)}: ${spread(played.map(time), " ms")}`,
      met: judged ? median(ratios) >= 8 : null,
    };
  });
}

function told(played: readonly Round[], liveLike: readonly Round[], atOnce: readonly Reading[]): Measure[] {
  const liveRatios = (time: Time) => liveLike.map((round) => round.guide.ms / time(round));
  const [[, useCase], , [, html]] = ways as [(typeof ways)[0], (typeof ways)[0], (typeof ways)[0]];
  const units = (reading: (round: Round) => Reading) => median(played.map((round) => reading(round).units));
  const guideMs = spread(
    liveLike.map((round) => round.guide.ms),
    " ms",
  );
  return [
    {
      name: "first page: slow batches",
      what: `the same with ${liveBatchMs} ms a batch, as on a live mailbox: use case; HTTP, last byte`,
      against: `${guideMs}, the guide's way`,
      wanted: "–",
      measured: `${median(liveRatios(useCase)).toFixed(1)}×; ${median(liveRatios(html)).toFixed(1)}×`,
      met: null,
    },
    {
      name: "first page: floor",
      what: "readMessagePage, Google answering at once from its memory",
      against: "–",
      wanted: "–",
      measured: spread(
        atOnce.map(({ ms }) => ms),
        " ms",
      ),
      met: null,
    },
    {
      name: "first page: quota",
      what: "units for readMessagePage; for the inbox over HTTP",
      against: `${units((round) => round.guide)} (the guide's way)`,
      wanted: "–",
      measured: `${units((round) => round.useCase)}; ${units((round) => round.html)}`,
      met: null,
    },
  ];
}

function notesOn(played: readonly Round[]): string[] {
  const connections = (reading: (round: Round) => Reading) =>
    median(played.map((round) => reading(round).connections));
  const calls = (reading: (round: Round) => Reading) => most(played.map((round) => reading(round).calls));
  const refreshes = played.flatMap(({ useCase, html }) => [useCase.refreshes, html.refreshes]);
  return [
    `First page: ${rounds} rounds after ${warmUps} to warm up, each on a new person with ${mailboxSize} messages; medians, least and most in brackets. Cold: nothing of this person is in memory, the access token is sealed in PostgreSQL and valid (token refreshes counted: ${most(refreshes)}). All ways showed the same ${pageSize} messages.`,
    `First page: "one after another" is the longest sequence of calls, timed at Google, of which each began after the one before had ended. Calls in all: ${calls((round) => round.guide)} by the guide's way, ${calls((round) => round.useCase)} by the use case, ${calls((round) => round.html)} by the inbox over HTTP; connections used: ${connections((round) => round.guide)} by the guide's way, ${connections((round) => round.useCase)} by the use case, ${connections((round) => round.html)} by the inbox over HTTP.`,
  ];
}
