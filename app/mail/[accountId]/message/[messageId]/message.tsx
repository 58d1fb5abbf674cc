import { MessageBeginning } from "#components/message/message-beginning.tsx";
import { MessageView } from "#components/message/message-view.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import type { AccountId, MessageId } from "#lib/domain/mail.ts";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import type { Trouble } from "#lib/domain/trouble.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { frameSandbox } from "#lib/message/frame.ts";
import { accountLabels, beginningOf, copyState } from "#lib/request/read-once.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { chipNames } from "#lib/use-cases/lists/nav-labels.ts";

interface Props {
  readonly accountId: AccountId;
  /** The page that shows this. */
  readonly path: string;
}

/** The message, and that it may not be as it is now where Google is not answering. */
export async function ShownMessage({
  accountId,
  path,
  message,
  ownAddress,
}: Props & { readonly message: ReadableMessage; readonly ownAddress: string }) {
  const [labels, copy, zone] = await Promise.all([
    accountLabels(accountId),
    copyState(accountId),
    timeZone(),
  ]);
  return (
    <>
      {copy?.trouble && (
        <StaleNotice
          {...{ accountId, path, zone, now: new Date() }}
          trouble={copy.trouble}
          asOf={copy.asOf}
        />
      )}
      <MessageView
        {...{ message, accountId, ownAddress, zone }}
        sandbox={frameSandbox}
        labelNames={chipNames(labels.ok ? labels.labels : [], null)}
      />
    </>
  );
}

interface InTrouble extends Props {
  readonly id: MessageId;
  readonly trouble: Trouble;
}

/** Why there is no message, and what of it is known all the same. */
export async function MessageInTrouble({ accountId, path, id, trouble }: InTrouble) {
  const [known, t, zone] = await Promise.all([beginningOf(accountId, id), requestWords(), timeZone()]);
  return (
    <>
      <TroubleNotice {...{ trouble, accountId, path }} more={known ? t("message.neverOpened") : ""} />
      {known && <MessageBeginning message={known} zone={zone} />}
    </>
  );
}
