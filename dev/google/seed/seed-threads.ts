import { between, type Random } from "../random.ts";
import type { Topic } from "./topic.ts";

export interface Threads {
  /** By message: the first message of its thread. */
  roots: number[];
  /** By message: its place in the thread, 0 for the first. */
  places: number[];
  /** By message: the one it answers, or -1. */
  previous: number[];
}

/** Which messages answer which. A third of the messages continue one of the latest conversations. */
export function seedThreads(random: Random, count: number, topicOf: (index: number) => Topic): Threads {
  const roots: number[] = [];
  const places: number[] = [];
  const previous: number[] = [];
  const open: { root: number; last: number; left: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const slot = random() < 0.36 ? Math.floor(random() * open.length) : -1;
    const thread = open[slot];
    if (thread) {
      roots.push(thread.root);
      places.push((places[thread.last] ?? 0) + 1);
      previous.push(thread.last);
      thread.last = index;
      thread.left -= 1;
      if (thread.left === 0) open.splice(slot, 1);
      continue;
    }
    roots.push(index);
    places.push(0);
    previous.push(-1);
    const replies = topicOf(index).replies?.length ?? 0;
    if (replies === 0) continue;
    open.push({ root: index, last: index, left: between(random, 1, replies + 3) });
    if (open.length > 10) open.shift();
  }
  return { roots, places, previous };
}
