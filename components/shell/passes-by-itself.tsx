import type { Trouble } from "#lib/domain/trouble.ts";
import { ReadAgain } from "./read-again.tsx";

/** What Google may need to answer again. */
const passesAfterMs = 15_000;

/** A pause of hours may be over sooner. */
const longestMs = 60_000;

/** A pause is over a moment after Google has said that it is: clocks differ. */
const spareMs = 500;

/** Has the page come again when the trouble may be over; nothing where a person has to act. */
export function PassesByItself({ trouble }: { readonly trouble: Trouble }) {
  const now = Date.now();
  const afterMs = passesAfter(trouble, now);
  return afterMs !== null && <ReadAgain afterMs={afterMs} since={now} />;
}

function passesAfter(trouble: Trouble, now: number): number | null {
  if (trouble.kind === "google-not-answering") return passesAfterMs;
  if (trouble.kind !== "rate-limited") return null;
  if (trouble.untilMs === null) return passesAfterMs;
  return Math.min(Math.max(trouble.untilMs - now, 0) + spareMs, longestMs);
}
