import type { Trouble } from "#lib/domain/trouble.ts";
import { ReadAgain } from "./read-again.tsx";

/** What Google may need to answer again. */
const passesAfterMs = 15_000;

/** A pause is over a moment after Google has said that it is: clocks differ. */
const spareMs = 500;

/** Has the page come again when the trouble may be over; nothing where a person has to act. */
export function PassesByItself({ trouble }: { readonly trouble: Trouble }) {
  const afterMs = passesAfter(trouble);
  return afterMs !== null && <ReadAgain afterMs={afterMs} since={Date.now()} />;
}

function passesAfter(trouble: Trouble): number | null {
  if (trouble.kind === "google-not-answering") return passesAfterMs;
  if (trouble.kind !== "rate-limited") return null;
  return (trouble.retryAfterMs ?? passesAfterMs) + spareMs;
}
