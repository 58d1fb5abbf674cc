import { PlaceInListView } from "#components/message/place-in-list.tsx";
import type { AccountId, MessageId } from "#lib/domain/mail.ts";
import { type MessageAddress, messagePath } from "#lib/domain/paths.ts";
import { placeInList } from "#lib/request/read-once.ts";

interface Props {
  readonly accountId: AccountId;
  readonly id: MessageId;
  readonly address: MessageAddress;
}

/** The messages beside this one in the list that it was opened from. */
export async function Place({ accountId, id, address }: Props) {
  const place = await placeInList(accountId, id, address);
  if (!place) return null;
  const { position, total, newer, older } = place;
  const pathOf = (beside: MessageId | null) =>
    beside && messagePath(accountId, beside, { ...address, open: "", images: "" });
  return <PlaceInListView {...{ position, total }} newer={pathOf(newer)} older={pathOf(older)} />;
}
