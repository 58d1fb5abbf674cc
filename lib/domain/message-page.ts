/** A page of the list, as it is shown. Types only, free of server code: components may import this file. */

import type { MessageId } from "./mail.ts";
import type { MessageSummary } from "./readable-message.ts";

export type PageRow =
  | { readonly kind: "message"; readonly message: MessageSummary }
  /** The row is being fetched, and comes by itself. */
  | { readonly kind: "awaited"; readonly id: MessageId }
  /** Gmail lists the message and does not give it: the row says so. */
  | { readonly kind: "withheld"; readonly id: MessageId };

export interface MessagePage {
  readonly rows: readonly PageRow[];
  /** The position of the first and the last row, from 1. */
  readonly from: number;
  readonly to: number;
  /** How many there are in all; null when nobody knows. */
  readonly total: { readonly count: number; readonly exact: boolean } | null;
  /** Cursors for the address; "" is the first page, null says that there is no such page. */
  readonly newer: string | null;
  readonly older: string | null;
  /** The cursor led nowhere (any more), so this is the first page instead. */
  readonly startedOver: boolean;
}
