import { type GmailContext, messageOf } from "./context.ts";
import { invalidArgument } from "./errors.ts";
import { partOfAttachmentId } from "./messages-get.ts";

/** `users.messages.attachments.get`: `{size, data}` with base64url data. */
export async function getAttachment(context: GmailContext): Promise<unknown> {
  const index = messageOf(context);
  const id = context.parameters[1] ?? "";
  const content = await context.mailbox.contents.open(index);
  const found = content.attachment(partOfAttachmentId(id, index) ?? id);
  if (!found) throw invalidArgument("Invalid attachment token");
  return { size: found.size, data: found.data };
}
