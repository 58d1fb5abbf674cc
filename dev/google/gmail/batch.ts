import { randomBytes } from "node:crypto";
import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { type Random, shuffled } from "../random.ts";
import { authenticate, callGmail, personOfToken } from "./api.ts";
import { type BatchPart, parseBatch } from "./batch-parse.ts";
import { ApiError, tooConcurrent, tooManyRequests } from "./errors.ts";

const mostParts = 100;

interface PartFaults {
  /** How many parts to answer 429, and when they may be asked for again. */
  refuseParts: number;
  retryAfterSeconds?: number | undefined;
}

/**
 * A batch: its parts run concurrently, each taking one of the person's slots, and are answered in random order.
 * A wrong token on the batch itself is one 401; more than 100 parts one 400.
 * @see https://developers.google.com/gmail/api/guides/batch
 */
export async function callBatch(
  google: Google,
  call: Call,
  random: Random,
  faults: PartFaults,
): Promise<Answer> {
  const { authorization } = call.headers;
  google.counters.called("batch", personOfToken(google, authorization)?.email ?? null);
  const answer = await run(google, call, random, faults);
  google.counters.answered("batch", answer.status);
  return answer;
}

async function run(google: Google, call: Call, random: Random, faults: PartFaults): Promise<Answer> {
  const { authorization } = call.headers;
  try {
    if (authorization !== undefined) authenticate(google, authorization);
  } catch (error) {
    if (error instanceof ApiError) return error.answer();
    throw error;
  }
  const parsed = parseBatch(call.headers["content-type"], call.body);
  if (typeof parsed === "string") return refused(parsed);
  if (parsed.length > mostParts)
    return refused(`The batch request could not be processed: at most ${mostParts} calls are allowed.`);
  google.counters.batched(parsed.length);
  const order = shuffled(random, parsed);
  const entered: string[] = [];
  const jobs = order.map((part, place) => {
    const own = part.authorization ?? authorization;
    const sub = personOfToken(google, own)?.sub ?? null;
    if (place < faults.refuseParts) return Promise.resolve(counted(google, faults.retryAfterSeconds));
    if (sub !== null) {
      const underWay = google.quota.enter(sub);
      if (underWay === null) return Promise.resolve(counted(google));
      google.counters.concurrent(underWay);
      entered.push(sub);
    }
    return callGmail(google, { ...part, authorization: own });
  });
  try {
    const [answers] = await Promise.all([
      Promise.all(jobs),
      new Promise((resolve) => setTimeout(resolve, google.settings.batchMs)),
    ]);
    return multipart(order, answers);
  } finally {
    for (const sub of entered) google.quota.leave(sub);
  }
}

function counted(google: Google, retryAfterSeconds?: number): Answer {
  google.counters.answered("batch part", 429);
  return retryAfterSeconds === undefined
    ? tooConcurrent().answer()
    : tooManyRequests(retryAfterSeconds).answer();
}

function refused(message: string): Answer {
  return json(400, {
    error: {
      code: 400,
      message,
      errors: [{ message, domain: "global", reason: "badRequest" }],
      status: "INVALID_ARGUMENT",
    },
  });
}

function multipart(parts: BatchPart[], answers: Answer[]): Answer {
  const boundary = `batch_${randomBytes(18).toString("base64url")}`;
  const chunks = answers.flatMap((answer, place) => {
    const body = Buffer.from(answer.body);
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const contentId = parts[place]?.contentId;
    return [
      Buffer.from(
        `--${boundary}\r\nContent-Type: application/http\r\n${contentId ? `Content-ID: ${responseId(contentId)}\r\n` : ""}\r\n` +
          `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? "Status"}\r\n${headers.join("")}Content-Length: ${body.length}\r\n\r\n`,
      ),
      body,
      Buffer.from("\r\n"),
    ];
  });
  return {
    status: 200,
    headers: { "Content-Type": `multipart/mixed; boundary=${boundary}` },
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** `<item1>` is answered as `<response-item1>`. */
function responseId(contentId: string): string {
  return contentId.startsWith("<") ? `<response-${contentId.slice(1)}` : `response-${contentId}`;
}

const reasons: Record<number, string> = {
  200: "OK",
  204: "No Content",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
