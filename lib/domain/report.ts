/** What a report says about other mail: whether it was delivered, read or complained about. Types only. */

export type DeliveryAction = "failed" | "delayed" | "delivered" | "relayed" | "expanded";

/** What became of a message on its way to one recipient. */
export interface DeliveryOutcome {
  readonly recipient: string;
  readonly action: DeliveryAction;
  /** An enhanced status code: "5.2.2". @see https://www.rfc-editor.org/rfc/rfc3463 */
  readonly status: string | null;
  /** What the other server said, in its own words. */
  readonly diagnostic: string | null;
  /** Until when delivery is tried again. */
  readonly triedUntil: Date | null;
}

export type ReceiptDisposition = "displayed" | "deleted" | "dispatched" | "processed" | "denied" | "failed";
export type ComplaintType = "abuse" | "fraud" | "virus" | "not-spam" | "auth-failure" | "other";

/** `details` is the report itself, as it was written for machines. */
export type Report =
  | { readonly kind: "delivery"; readonly recipients: readonly DeliveryOutcome[]; readonly details: string }
  | {
      readonly kind: "receipt";
      readonly recipient: string | null;
      readonly disposition: ReceiptDisposition;
      readonly details: string;
    }
  | { readonly kind: "complaint"; readonly about: ComplaintType; readonly details: string };
