/** What stands before Next: everything that is true of all requests and of all answers. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import onHeaders from "on-headers";
import type { IsTrusted } from "../../environment/trusted-proxies.ts";
import { type Visit, visits } from "../../request/visit.ts";
import { type Answered, instance } from "../../telemetry/instance.ts";
import { completeHead } from "./answer-head.ts";
import { bodyWithin } from "./bounded-body.ts";
import { clientAddress, forwardedIn, isLocal } from "./client-address.ts";
import { bodyLimit, judgeRequest } from "./judge-request.ts";
import { frontLog } from "./one-line-log.ts";
import { otherNameOfThisMachine } from "./own-name.ts";
import { answerMalformed, refuseTunnel } from "./raw-answer.ts";
import { refuse } from "./refusal.ts";
import { silence } from "./silence.ts";

export interface FrontDoorOptions {
  /** The origin of NEXTAUTH_URL. */
  readonly own: URL;
  readonly isTrusted: IsTrusted;
  /** What answers the requests that are let through. */
  readonly serve: RequestListener;
  /** How long a request may take to be sent, in ms; see `node:http`. */
  readonly times?: Pick<ServerOptions, keyof typeof usualTimes>;
}

/** Nothing that is sent here is large: whoever is slower is not served. */
const usualTimes = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 1_000 };

/**
 * How long a connection is kept on which nobody asks anything, in ms. Longer than a proxy keeps it (nginx: 60 s): a request that it
 * sends on one that is just being closed here would be lost, and a form's is not sent twice.
 */
const keepAliveTimeout = 75_000;

/**
 * Nobody here needs preconditions, nor parts of anything but an attachment, and what Next makes of those that do not hold is an
 * internal error. A server may pass over them. @see https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 */
const preconditions = ["if-match", "if-unmodified-since"];
const unheard = [...preconditions, "range", "if-range"];
const hasParts = /^\/mail\/[^/?]+\/message\/[^/?]+\/attachment\//u;

/** A server that hands on only what is whole, small and well-formed, and completes the head of every answer. */
export function frontDoor({ own, isTrusted, serve, times = usualTimes }: FrontDoorOptions): Server {
  const secure = own.protocol === "https:";

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "";
    const refusal = judgeRequest({ method: request.method ?? "", target, headers: request.headers });
    if (refusal) return refuse(request, response, refusal);
    for (const name of hasParts.test(target) ? preconditions : unheard) delete request.headers[name];
    const elsewhere = otherNameOfThisMachine(own, request.headers.host, target);
    if (elsewhere) return void response.writeHead(307, { location: elsewhere }).end();
    // Answered only now: a client that waits for it does not send a body that would be refused.
    if (request.headers.expect) response.writeContinue();
    if (await bodyWithin(request, bodyLimit(target))) {
      const visit = visitOf(request, response);
      tellLength(response, visit);
      if (request.method === "POST") followForm(target, response, visit);
      await visits().run(visit, async () => serve(request, response));
    } else if (!request.destroyed) refuse(request, response, 413);
  }

  function visitOf(request: IncomingMessage, response: ServerResponse): Visit {
    const leaving = new AbortController();
    response.once("close", () => {
      // A HEAD request counts as left once it is answered: whatever was opened for a body is to be closed.
      if (!response.writableFinished || request.method === "HEAD") leaving.abort();
    });
    return {
      address: clientAddress(request, isTrusted),
      isLocal: isLocal(request),
      leaving: leaving.signal,
      reached: false,
      length: null,
      signedOut: false,
      refuse: (afterSeconds) => {
        if (response.headersSent) return;
        // These headers were meant for another answer.
        for (const name of response.getHeaderNames()) response.removeHeader(name);
        refuse(request, response, 429, afterSeconds);
        silence(response);
      },
    };
  }

  const listener: RequestListener = (request, response) => {
    completeHead(response, secure);
    tellWhenAnswered(request, response, forwardedIn(request, isTrusted));
    // The process ends: the client's next request is to open another connection, to another process.
    if (instance().ending.signal.aborted) response.setHeader("connection", "close");
    receive(request, response).catch((error: unknown) => {
      frontLog.error("request.dropped", "a request was not served", error);
      if (response.headersSent) response.destroy();
      else refuse(request, response, 500);
    });
  };
  // Node would answer a request without a Host header itself; `judgeRequest` does, with our own answer.
  return createServer({ ...times, keepAliveTimeout, requireHostHeader: false }, listener)
    .on("checkContinue", listener)
    .on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
      completeHead(response, secure);
      refuse(request, response, 417);
    })
    .on("clientError", (error, socket) => answerMalformed(error, socket, secure))
    .on("connect", (_request, socket) => refuseTunnel(socket, secure));
}

function tellWhenAnswered(
  request: IncomingMessage,
  response: ServerResponse,
  forwarded: Answered["forwarded"],
): void {
  const { answered } = instance();
  if (!answered) return;
  const { method = "", url = "" } = request;
  const startedMs = performance.now();
  response.once("close", () => {
    const ms = Math.round(performance.now() - startedMs);
    answered({ method, path: url.split("?")[0] ?? "", status: response.statusCode, ms, forwarded });
  });
}

/** A browser shows how far a download is, and knows one that broke off, by its length. */
function tellLength(response: ServerResponse, visit: Visit): void {
  onHeaders(response, () => {
    const isAsItWas = response.getHeader("content-encoding") === undefined;
    const isFile = response.statusCode === 200 || response.statusCode === 206;
    if (visit.length !== null && isAsItWas && isFile) response.setHeader("content-length", visit.length);
  });
}

/** What the answer to a form owes to how far the form came. */
function followForm(target: string, response: ServerResponse, visit: Visit): void {
  // Routes read what they are sent themselves; pages have it read by Next.
  const isRoute = target.startsWith("/api/");
  onHeaders(response, () => {
    // It failed before it reached any code of ours: Next could not read it.
    if (response.statusCode === 500 && !visit.reached && !isRoute) response.statusCode = 400;
    // "cache" alone: "cookies" and "storage" would take from other applications on this host too.
    if (visit.signedOut) response.setHeader("clear-site-data", '"cache"');
  });
}
