import "server-only";
import type { Mirror } from "../../domain/mirror.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import type { OpenedCopy } from "./open-copy.ts";

/** What a page that came out of the copy says of itself. */
export interface CopyState {
  /** The last moment at which the copy was in step with Google. */
  readonly asOf: Date;
  readonly changes: number;
  /** Why it may not be in step now; null while all is well. */
  readonly trouble: Trouble | null;
}

/** @param met trouble that this request has met itself: the newest there is */
export function copyStateOf({ status }: OpenedCopy, mirror: Mirror, met: Trouble | null = null): CopyState {
  const { syncedAt: asOf, changes } = mirror;
  const grant: Trouble | null = status.state === "ACTIVE" ? null : { kind: "account", status };
  return { asOf, changes: Number(changes), trouble: met ?? grant ?? mirror.trouble?.what ?? null };
}

/**
 * How the copy stands, for a page that shows something else than a list; null where there is no copy, or none that may
 * be read.
 */
export async function readCopyState(opening: Promise<OpenedCopy>): Promise<CopyState | null> {
  const copy = await unlessUnusable(opening);
  return copy?.mirror ? copyStateOf(copy, copy.mirror) : null;
}
