import { z } from "zod";
import { type GmailContext, longString } from "./context.ts";
import { invalidArgument } from "./errors.ts";

const watchRequest = z.object({
  topicName: z.string().regex(/^projects\/[^/]+\/topics\/[^/]+$/),
  labelIds: z.array(z.string()).default([]),
  labelFilterBehavior: z.string().optional(),
  labelFilterAction: z.string().optional(),
});

/**
 * `users.watch`: notifications for seven days, the first one at once.
 * @see https://developers.google.com/gmail/api/reference/rest/v1/users/watch
 */
export function watch({ google, person, mailbox, body }: GmailContext): unknown {
  const request = watchRequest.safeParse(parsed(body));
  if (!request.success)
    throw invalidArgument("Invalid topicName does not match projects/{project}/topics/{topic}");
  const { topicName, labelIds, labelFilterBehavior, labelFilterAction } = request.data;
  const exclude = /^exclude$/i.test(labelFilterBehavior ?? labelFilterAction ?? "");
  const { expirationMs } = google.pubsub.watch(person, mailbox, topicName, labelIds, exclude);
  google.changed();
  return { historyId: longString(mailbox.history.current), expiration: longString(expirationMs) };
}

/** `users.stop`: 204 without a body. */
export function stopWatch({ google, person }: GmailContext): unknown {
  google.pubsub.stop(person);
  google.changed();
  return {};
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw invalidArgument("Invalid JSON payload received.");
  }
}
