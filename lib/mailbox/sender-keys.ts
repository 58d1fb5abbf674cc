import type { MailAddress } from "../domain/readable-message.ts";
import type { Sealer } from "../domain/sealer.ts";
import { comparableAddress, comparableName } from "../domain/sender.ts";

/** What messages of a sender are found by: fingerprints of their address and of the name that they give. */
export interface SenderKeys {
  readonly senderKey: bigint | null;
  readonly senderNameKey: bigint | null;
}

export function senderKeysOf(sealer: Sealer, from: MailAddress | null): SenderKeys {
  const address = comparableAddress(from?.address ?? "");
  const name = comparableName(from?.name ?? "");
  return {
    senderKey: address === null ? null : sealer.fingerprint("sender address", address),
    senderNameKey: name === null ? null : sealer.fingerprint("sender name", name),
  };
}
