import { Fragment } from "react";
import { LiveList } from "#components/mail/live-list.tsx";
import { Conversation } from "#components/message/conversation.tsx";
import { ConversationHead } from "#components/message/conversation-head.tsx";
import { MessageBeginning } from "#components/message/message-beginning.tsx";
import { MessageView } from "#components/message/message-view.tsx";
import { messageAnchor } from "#components/message/open-message.tsx";
import { RevealMessage } from "#components/message/reveal-message.tsx";
import { StateNote } from "#components/message/state-note.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { Banner } from "#components/ui/banner.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import type { MessageId } from "#lib/domain/mail.ts";
import { type MessageAddress, messagePath, printConversationPath } from "#lib/domain/paths.ts";
import { newMailWords } from "#lib/i18n/list-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { frameSandbox } from "#lib/message/frame.ts";
import { accountLabels, copyState, trustInSenders } from "#lib/request/read-once.ts";
import { Streamed } from "#lib/request/streamed.tsx";
import { timeZone } from "#lib/request/time-zone.ts";
import type {
  ConversationMessage,
  Conversation as ConversationRead,
} from "#lib/use-cases/conversations/read-conversation.ts";
import { chipNames } from "#lib/use-cases/lists/nav-labels.ts";
import { imagesShown } from "#lib/use-cases/messages/images-shown.ts";
import type { TrustIn } from "#lib/use-cases/messages/read-sender-trust.ts";
import { chooseImages } from "./actions.ts";

interface Props {
  readonly account: MyAccount;
  readonly id: MessageId;
  readonly address: MessageAddress;
  readonly conversation: ConversationRead;
}

/** The conversation, and that it may not be as it is now where Google is not answering. */
export async function ShownConversation({ account, id, address, conversation }: Props) {
  const { messages, leftOut } = conversation;
  const opened = messages.filter(({ content }) => content !== null).map(({ summary }) => summary);
  const [labels, copy, zone, t, trustIn] = await Promise.all([
    accountLabels(account.id),
    copyState(account.id),
    timeZone(),
    requestWords(),
    trustInSenders(account, opened),
  ]);
  const now = new Date();
  const path = messagePath(account.id, id, address);
  const asked = messages.findIndex(({ summary }) => summary.id === id);
  const open = [...new Set([...address.open.split("."), id])].filter(Boolean).join(".");
  const byId = new Map(messages.map((message) => [message.summary.id, message]));
  return (
    <>
      {copy && (
        <LiveList
          accountId={account.id}
          listId={null}
          revision={copy.revision}
          inTrouble={copy.trouble !== null}
          awaits={[]}
          withheld={[]}
          follows
          words={newMailWords(t)}
        />
      )}
      {copy?.trouble && (
        <StaleNotice
          {...{ path, zone, now }}
          accountId={account.id}
          trouble={copy.trouble}
          asOf={copy.asOf}
        />
      )}
      <article className="mx-auto max-w-[780px] px-4 pt-6 pb-20 md:px-6">
        <ConversationHead
          summaries={messages.map(({ summary }) => summary)}
          asked={messages[asked]?.summary ?? null}
          labelNames={chipNames(labels.ok ? labels.labels : [], null)}
          unfoldAll={
            messages.some(({ isOpen }) => !isOpen)
              ? messagePath(account.id, id, { ...address, open: "all" })
              : null
          }
          print={messages.length > 1 ? printConversationPath(account.id, id) : null}
        />
        <Conversation
          entries={messages}
          {...{ leftOut, now, zone }}
          owner={account.email}
          hrefOf={(other) =>
            messagePath(account.id, other, { ...address, open: address.open === "all" ? "all" : open })
          }
        >
          {({ id: shown }) => {
            const message = byId.get(shown);
            if (!message?.content) return null;
            const content = message.content;
            const props = { account, message, path, zone, trustIn, once: address.images, content };
            return (
              <Fragment key={shown}>
                <StateNote summary={message.summary} />
                <Streamed
                  waitsFor={message.content}
                  fallback={<MessageBeginning message={message.summary} zone={zone} />}
                >
                  <Content {...props} />
                </Streamed>
              </Fragment>
            );
          }}
        </Conversation>
      </article>
      <RevealMessage anchor={messageAnchor(id)} isFirst={asked === 0} />
    </>
  );
}

/** For the frame's address, which is another one when its pictures are shown: otherwise a browser keeps the frame it has. */
const frameWord = (shown: "never" | "once" | "always", once: string): string =>
  shown === "never" ? "" : shown === "once" ? once : shown;

interface ContentProps {
  /** What lets pictures from elsewhere be shown this once, out of the page's address. */
  readonly once: string;
  readonly account: MyAccount;
  readonly path: string;
  readonly zone: string;
  readonly message: ConversationMessage;
  readonly content: NonNullable<ConversationMessage["content"]>;
  readonly trustIn: TrustIn;
}

/** A message's text; or its beginning, and why there is no more of it. */
async function Content({ account, path, zone, message, content, trustIn, once }: ContentProps) {
  const { summary } = message;
  const accountId = account.id;
  const [outcome, t] = await Promise.all([content, requestWords()]);
  if (outcome.ok) {
    const images = await imagesShown(accountId, outcome.content, once);
    return (
      <MessageView
        {...{ accountId, zone }}
        ownAddress={account.email}
        message={outcome.content}
        trust={trustIn(outcome.content)}
        sandbox={frameSandbox}
        images={{
          ...images,
          once: frameWord(images.shown, once),
          page: path,
          choose: chooseImages,
        }}
      />
    );
  }
  return (
    <>
      <MessageBeginning message={summary} zone={zone} />
      <div className="-mx-4 md:-mx-5">
        {outcome.trouble === "not-found" ? (
          <Banner tone="note">{t("conversation.gone")}</Banner>
        ) : (
          <TroubleNotice {...{ accountId, path }} trouble={outcome.trouble} more={t("message.neverOpened")} />
        )}
      </div>
    </>
  );
}
