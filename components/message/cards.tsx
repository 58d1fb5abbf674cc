import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { ContactCards } from "./contact-cards.tsx";
import { Invitation } from "./invitation.tsx";
import { UnreadableCard } from "./unreadable-card.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  readonly ownAddress: string;
  readonly zone: string;
}

/** Invitations and contacts that a message brings, above its text. */
export function Cards({ message: { id, cards, body }, accountId, ownAddress, zone }: Props) {
  return cards.map((card) => {
    const { partId } = card.source;
    const place = { accountId, messageId: id };
    switch (card.kind) {
      case "calendar":
        return (
          <Invitation key={partId} {...{ card, ...place, ownAddress, zone }} isAlone={body.kind === "none"} />
        );
      case "contacts":
        return <ContactCards key={partId} {...{ card, ...place }} />;
      case "unreadable":
        return <UnreadableCard key={partId} {...{ card, ...place }} />;
      default:
        return card satisfies never;
    }
  });
}
