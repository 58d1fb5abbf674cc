import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { knownBrowser } from "../session/cookies.ts";
import { visitorWith } from "../session/current-user.ts";
import { findSignInFlow, type SignInFlow } from "../use-cases/accounts/sign-in-flows.ts";
import type { SentCall } from "./auth-call.ts";
import type { Landing } from "./landing.ts";
import { problemPath, unknownTrip, usedUpPath } from "./problem-path.ts";
import { openAnswer } from "./sealed-answer.ts";
import { reportProblem } from "./sign-in-problem.ts";

/**
 * How long a second tab waits for the first. NextAuth gives Google ten seconds for each of two answers; then there are
 * pages to make.
 */
const patienceMs = 25_000;
const lookAgainMs = 100;

const to = (location: string): Landing => ({ location, setCookies: [] });

/**
 * Answers the way back from Google when whoever opens it is not the one to finish the trip: a second time, twice at
 * once, in another browser, or much too late. Sends nothing to Google. Whoever has a session goes on in it.
 */
export async function leadOn(sent: SentCall, flow: SignInFlow | null): Promise<Landing> {
  // It was not finished when this request came: somebody else has claimed it and is finishing it.
  if (flow && !flow.finished && isUnderWay(flow)) return withTheFirst(sent, flow);
  const visitor = sent.sessionToken ? await visitorWith(sent.sessionToken) : null;
  const trip = flow ?? unknownTrip;
  if (!flow?.finished) {
    if (flow && flow.purpose !== "sign-in") return to(problemPath("code-not-accepted", trip));
    return to(visitor ? trip.callbackUrl : problemPath(flow ? "code-not-accepted" : "state-missing", trip));
  }
  const { landing, userId } = flow.finished;
  // A trip that led to a session is for that session's owner alone; one that led to a problem is for everybody.
  if (userId === null || visitor?.user.id === userId) return to(landing);
  return to(visitor ? "/mail" : usedUpPath(trip, landing));
}

const isUnderWay = ({ claimedAt, expiresAt }: SignInFlow): boolean =>
  claimedAt === null ? expiresAt > new Date() : Date.now() - claimedAt.getTime() < patienceMs;

/** Two tabs at once: both get the one answer with its cookies. */
async function withTheFirst(sent: SentCall, flow: SignInFlow): Promise<Landing> {
  const [state, browser] = [sent.query.state ?? "", knownBrowser(sent.cookies) ?? ""];
  const giveUpAt = Date.now() + patienceMs;
  while (Date.now() < giveUpAt) {
    const { finished } = (await findSignInFlow(state, browser)) ?? flow;
    if (finished) {
      const { landing, answerSealed } = finished;
      return { location: landing, setCookies: answerSealed ? await openAnswer(answerSealed) : [] };
    }
    await sleep(lookAgainMs);
  }
  const problem = reportProblem([new Error("The tab that was to finish this sign-in did not.")]);
  return to(problemPath(problem, flow));
}
