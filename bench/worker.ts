/** Processes of the bench: each says when it is ready, answers what it is asked, and ends when it is let go. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { smallProcess } from "#lib/server/small-process.ts";

export interface Worker {
  /** The first thing it said. */
  readonly greeting: unknown;
  ask(question: unknown): Promise<unknown>;
  end(): Promise<void>;
}

/** @param file beside this one */
export async function startWorker(file: string, env: Record<string, string> = {}): Promise<Worker> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ["--conditions=react-server", ...smallProcess.flags],
    env: { ...smallProcess.env, ...process.env, ...env },
  });
  const exited = once(child, "exit");
  const greeting = await nextMessage(child, file);
  return {
    greeting,
    ask: async (question) => {
      const answer = nextMessage(child, file);
      child.send(question as object);
      return answer;
    },
    end: async () => {
      child.disconnect();
      await exited;
    },
  };
}

async function nextMessage(child: ChildProcess, file: string): Promise<unknown> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(child, "message", { signal: ended.signal }).then(([message]) => message),
      once(child, "exit", { signal: ended.signal }).then(([code]) => {
        throw new Error(`${file} ended with ${code}.`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}
