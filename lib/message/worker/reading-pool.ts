/**
 * Threads beside the one that serves everybody, for messages that take long to read: two megabytes of markup take a second.
 * Small ones are read where they are, which is sooner than a thread hears of them.
 */

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import type { FilePreview } from "../../domain/file-preview.ts";
import type { MessagePart } from "../../domain/mail.ts";
import type { PdfPage } from "../../domain/pdf-page.ts";
import { perProcess } from "../../domain/per-process.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { type ContainedPart, isContainer } from "../containers/open-containers.ts";
import type { FileTask } from "../preview/text-preview.ts";
import type { RestOfText } from "../rest.ts";
import type { DrawingTask } from "./drawing.worker.ts";
import { NotReadError } from "./not-read-error.ts";
import type { PartTask, ReadingTask, RestTask } from "./reading.worker.ts";
import * as here from "./reading.worker.ts";

/** Read in this thread up to this size: markup of the worst kind takes a millisecond a kilobyte. */
const largestHereBytes = 24_000;

/** Longer, with the wait for a thread, and it is given up: nothing honest comes near. */
const longestMs = { reading: 60_000, drawing: 20_000 } as const;

/** Threads that have nothing to do end after this. */
const idleMs = 300_000;

type Work = keyof typeof longestMs;

/** @param mostThreads as many are never more than the machine has beside the one that serves */
const poolOf = (work: Work, mostThreads: number) =>
  new Piscina({
    // By its place in the repository: what serves is bundled, and threads begin with a file.
    filename: join(process.cwd(), `lib/message/worker/${work}.worker.ts`),
    minThreads: 0,
    maxThreads: Math.max(1, Math.min(mostThreads, availableParallelism() - 1)),
    idleTimeout: idleMs,
    maxQueue: 256,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });

/** Apart from each other: documents that take long to draw keep nobody's mail from being read. */
const pools = {
  reading: perProcess("reading-pool", () => poolOf("reading", 4)),
  drawing: perProcess("drawing-pool", () => poolOf("drawing", 2)),
};

/** Reads a message, in a thread of its own where it is large. @throws NotReadError */
export async function readWithoutBlocking(task: ReadingTask, signal?: AbortSignal): Promise<ReadableMessage> {
  if (sizeOf(task) <= largestHereBytes) return here.readable(task);
  return (await run("readable", task, signal)) as ReadableMessage;
}

/** All the text of a message. @throws NotReadError */
export async function wholeTextWithoutBlocking(task: ReadingTask, signal?: AbortSignal): Promise<string> {
  if (sizeOf(task) <= largestHereBytes) return here.text(task);
  return (await run("text", task, signal)) as string;
}

/** What stands behind the text that is shown of a message. @throws NotReadError */
export async function restWithoutBlocking(task: RestTask, signal?: AbortSignal): Promise<RestOfText[]> {
  if (sizeOf(task) <= largestHereBytes) return here.rest(task);
  return (await run("rest", task, signal)) as RestOfText[];
}

/** One part of a container; null where it has no such part. @throws NotReadError */
export async function containedPartWithoutBlocking(
  task: PartTask,
  signal?: AbortSignal,
): Promise<ContainedPart | null> {
  return (await run("part", task, signal)) as ContainedPart | null;
}

/** What is shown of a file of text. @throws NotReadError */
export async function filePreviewWithoutBlocking(task: FileTask, signal?: AbortSignal): Promise<FilePreview> {
  if (task.bytes.length <= largestHereBytes) return here.file(task);
  return (await run("file", task, signal)) as FilePreview;
}

/** A page of a PDF; null where it has no such page, or cannot be drawn. @throws NotReadError */
export async function pdfPageWithoutBlocking(
  task: DrawingTask,
  signal?: AbortSignal,
): Promise<PdfPage | null> {
  return (await run("page", task, signal, "drawing")) as PdfPage | null;
}

type Task = ReadingTask | PartTask | RestTask | FileTask | DrawingTask;

async function run(name: string, task: Task, signal?: AbortSignal, work: Work = "reading"): Promise<unknown> {
  const limit = AbortSignal.timeout(longestMs[work]);
  const leaving = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    return await pools[work]().run(task, { name, signal: leaving });
  } catch (error) {
    signal?.throwIfAborted();
    throw new NotReadError(`a message was not read: ${error instanceof Error ? error.message : "?"}`, {
      cause: error,
    });
  }
}

/** An upper bound of what is read, in characters: headers and bodies, and something for each part; none where a part is packed. */
function sizeOf({ message, loaded }: ReadingTask): number {
  let size = message.snippet.length;
  for (const bytes of loaded.values()) size += bytes.length;
  const open: MessagePart[] = [message.payload];
  for (let part = open.pop(); part !== undefined && size <= largestHereBytes; part = open.pop()) {
    // Of pictures and sounds nobody reads the bytes.
    const isRead = !/^(?:image|audio|video)\//iu.test(part.mimeType);
    size += 100 + (isRead ? (part.body.data?.length ?? 0) : 0);
    for (const { name, value } of part.headers) size += name.length + value.length;
    // It may be a thousandth of what comes out of it.
    if (size <= largestHereBytes && isContainer(part)) return Number.POSITIVE_INFINITY;
    open.push(...part.parts);
  }
  return size;
}
