/** People whose mailbox is in the copy, whole. */
import type { AccountId } from "#lib/domain/mail.ts";
import { timeSlice } from "#lib/queue/mail-jobs.ts";
import { fillMailbox } from "#lib/use-cases/sync/fill-mailbox.ts";
import { type ConnectedPerson, connectPerson } from "./person.ts";
import type { Stage } from "./stage.ts";

/** Needs a stage whose own quota is as good as none: see `openStage`. */
export async function connectFilled({ google }: Stage, messages: number): Promise<ConnectedPerson> {
  await google.quota({ on: false });
  try {
    const person = await connectPerson(google, messages);
    await fill(person.accountId);
    return person;
  } finally {
    await google.quota({ on: true });
  }
}

async function fill(accountId: AccountId): Promise<void> {
  while (!(await fillMailbox(accountId, timeSlice(60_000, new AbortController().signal))).done);
}
