import "server-only";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import type { OpenedCopy } from "./open-copy.ts";

/** What a page that came out of the copy says of itself. */
export interface CopyState {
  /** The last moment at which the copy was in step with Google. */
  readonly asOf: Date;
  readonly revision: number;
  /** Why it may not be in step now; null while all is well. */
  readonly trouble: Trouble | null;
}

/** @param met trouble that this request has met itself: the newest there is */
export function copyStateOf({ status }: OpenedCopy, head: CopyHead, met: Trouble | null = null): CopyState {
  const { syncedAt: asOf, revision } = head;
  const grant: Trouble | null = status.state === "ACTIVE" ? null : { kind: "account", status };
  return { asOf, revision: Number(revision), trouble: met ?? grant ?? head.trouble?.what ?? null };
}

/**
 * How the copy stands, for a page that shows something else than a list; null where there is no copy, or none that may
 * be read.
 */
export async function readCopyState(opening: Promise<OpenedCopy>): Promise<CopyState | null> {
  const copy = await unlessUnusable(opening);
  return copy?.head ? copyStateOf(copy, copy.head) : null;
}
