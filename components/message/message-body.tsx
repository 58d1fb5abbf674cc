import { messagePartPath } from "#lib/domain/paths.ts";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { BodyFrame } from "./body-frame.tsx";
import { TextBody } from "./text-body.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  /** For the frame that shows HTML. */
  readonly sandbox: string;
}

/** The text of a message, or its HTML in a frame. */
export function MessageBody({ message: { id, body }, accountId, sandbox }: Props) {
  const t = useWords();
  switch (body.kind) {
    case "text":
      return <TextBody blocks={body.blocks} message={id} />;
    case "html":
      return (
        <BodyFrame
          src={messagePartPath(accountId, id, "body")}
          sandbox={sandbox}
          message={id}
          title={t("message.body")}
        />
      );
    case "none":
      return <p className="text-ink-3">{t("message.none")}</p>;
    default:
      return body satisfies never;
  }
}
