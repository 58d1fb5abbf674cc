import type { z } from "zod";
import { defaultQuota } from "../gmail/quota.ts";
import type { Google } from "../google.ts";
import { defaultSettings } from "../google.ts";
import type { StoredContent } from "../mailbox/content.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import type { DeathCause } from "../oauth/grants.ts";
import { emailScope, gmailReadonly, profileScope } from "../oauth/scopes.ts";
import { newPerson, type Person, seededPeople } from "../people.ts";
import type * as requests from "./requests.ts";

/** Said back with status 400: the request names someone or something that is not there. */
export class ControlError extends Error {}

/** Deleted people too, by address or subject. */
export function personNamed(google: Google, email: string): Person {
  const person = google.people.all().find((one) => one.email === email || one.sub === email);
  if (!person) throw new ControlError(`nobody here has the address ${email}`);
  return person;
}

function mailboxOf(google: Google, email: string): Mailbox {
  return google.mailboxes.of(personNamed(google, email));
}

export function killGrant(
  google: Google,
  email: string,
  cause: DeathCause,
  clientId: string | null = null,
): void {
  const person = personNamed(google, email);
  const graceMs = cause === "revoked" ? google.settings.revocationGraceSeconds * 1000 : 0;
  google.grants.kill(person.sub, clientId, cause, google.clock.now(), graceMs);
  if (cause === "account-deleted") person.deleted = true;
  google.changed();
}

/** Tokens without a browser, as after a full consent. */
export function issueGrant(google: Google, order: z.infer<typeof requests.issueGrantSchema>) {
  const person = personNamed(google, order.email);
  const clientId = order.clientId ?? google.clients[0]?.id ?? "";
  const scopes = order.scopes ?? ["openid", emailScope, profileScope, gmailReadonly];
  const now = google.clock.now();
  const of = { sub: person.sub, clientId, scopes };
  google.grants.rememberConsent({ ...of, expiresAtMs: null });
  const refresh = google.grants.issueRefreshToken(
    { ...of, expiresAtMs: null, expiresBecause: "testing" },
    now,
  );
  const access = google.grants.issueAccessToken(of, now);
  google.changed();
  return { sub: person.sub, refreshToken: refresh.token, accessToken: access.token, scope: scopes.join(" ") };
}

interface Placement {
  email: string;
  labelIds: string[];
  dateMs?: number | undefined;
  threadId?: string | undefined;
}

export function place(
  google: Google,
  at: Placement,
  content: StoredContent,
): { id: string; threadId: string } {
  const mailbox = mailboxOf(google, at.email);
  const unknown = at.labelIds.find((id) => !mailbox.labels.has(id));
  if (unknown !== undefined) throw new ControlError(`no label has the id ${unknown}`);
  const id = mailbox.insert(content, at.labelIds, at.dateMs ?? google.clock.now(), at.threadId);
  return { id, threadId: mailbox.threadIdOf(mailbox.indexOf(id) ?? 0) };
}

export function deliver(
  google: Google,
  order: z.infer<typeof requests.deliverSchema>,
): { id: string; threadId: string } {
  const person = personNamed(google, order.email);
  const dateMs = order.dateMs ?? google.clock.now();
  const domain = /@([\w.-]+)/.exec(order.from)?.[1] ?? "local.example";
  return place(google, order, {
    kind: "letter",
    letter: {
      from: order.from,
      to: order.to ?? `${person.name} <${person.email}>`,
      ...(order.cc === undefined ? {} : { cc: order.cc }),
      subject: order.subject,
      dateMs,
      messageId: `<${dateMs.toString(36)}.${google.mailboxes.of(person).datesMs.length}@${domain}>`,
      paragraphs: order.text.split(/\n\n+/),
      style: order.html === undefined ? "plain" : "alternative",
      ...(order.html === undefined ? {} : { html: order.html }),
      enclosures: order.attachments.map(({ filename, mimeType, contentBase64, contentId }) => ({
        filename,
        mimeType,
        ...(contentBase64 === undefined ? {} : { contentBase64 }),
        ...(contentId === undefined ? {} : { contentId }),
      })),
      encodedHeaders: order.encodedHeaders,
    },
  });
}

/** Everything that is in a mailbox, and where its history stands: what a copy of it is compared with. */
export function mailboxAsItIs(google: Google, email: string) {
  const mailbox = mailboxOf(google, email);
  return {
    historyId: String(mailbox.history.current),
    labels: [...mailbox.labels.values()].map(({ id, name }) => ({ id, name })),
    messages: mailbox.order.map((index) => ({
      id: mailbox.idOf(index),
      internalDateMs: mailbox.dateOf(index),
      labelIds: [...mailbox.labelIdsOf(index)].sort(),
    })),
  };
}

export type MailboxAsItIs = ReturnType<typeof mailboxAsItIs>;

export function relabel(google: Google, order: z.infer<typeof requests.relabelSchema>): void {
  const mailbox = mailboxOf(google, order.email);
  mailbox.relabel(indexesOf(mailbox, order.ids), order.add, order.remove);
}

export function trash(google: Google, order: z.infer<typeof requests.messagesSchema>): void {
  relabel(google, { ...order, add: ["TRASH"], remove: ["INBOX", "SPAM"] });
}

export function deleteMessages(google: Google, order: z.infer<typeof requests.messagesSchema>): void {
  const mailbox = mailboxOf(google, order.email);
  for (const index of indexesOf(mailbox, order.ids)) mailbox.delete(index);
}

function indexesOf(mailbox: Mailbox, ids: string[]): number[] {
  return ids.map((id) => {
    const index = mailbox.indexOf(id);
    if (index === null) throw new ControlError(`no message has the id ${id}`);
    return index;
  });
}

export function createLabel(google: Google, order: z.infer<typeof requests.createLabelSchema>) {
  return mailboxOf(google, order.email).createLabel(order.name, order.color);
}

export function renameLabel(google: Google, order: z.infer<typeof requests.renameLabelSchema>): void {
  mailboxOf(google, order.email).renameLabel(order.id, order.name);
}

export function deleteLabel(google: Google, order: z.infer<typeof requests.deleteLabelSchema>): void {
  mailboxOf(google, order.email).deleteLabel(order.id);
}

/** Every page token given out so far answers 400 from now on. */
export function expirePageTokens(google: Google): void {
  google.pageTokens.generation += 1;
}

export function expireHistory(google: Google, email: string): void {
  const mailbox = mailboxOf(google, email);
  mailbox.history.expire();
  mailbox.onChange([]);
}

export function addPerson(google: Google, order: z.infer<typeof requests.addPersonSchema>): Person {
  if (google.people.living(order.email)) throw new ControlError(`${order.email} is taken`);
  const person = newPerson(order.email, order.name, order.correspondence, order.messages);
  // A reused address is another account: its subject must differ from the deleted one's.
  if (google.people.bySub(person.sub)) {
    person.sub = newPerson(`${order.email} ${google.people.all().length}`, "", "empty", 0).sub;
  }
  if (order.hd !== undefined) person.hd = order.hd;
  google.people.add(person);
  google.changed();
  return person;
}

export function changePerson(google: Google, order: z.infer<typeof requests.changePersonSchema>): Person {
  const person = personNamed(google, order.email);
  if (order.newEmail !== undefined) person.email = order.newEmail;
  if (order.name !== undefined) person.name = order.name;
  if (order.policyBlock !== undefined) person.policyBlock = order.policyBlock;
  if (order.gmailDisabled !== undefined) person.gmailDisabled = order.gmailDisabled;
  if (order.timeLimitSeconds !== undefined) person.timeLimitSeconds = order.timeLimitSeconds;
  google.changed();
  return person;
}

/** Everything as it was at a first start; the keys stay, so that clients' caches hold. */
export function reset(google: Google): void {
  google.people.replaceAll(seededPeople());
  google.grants.restore({ consents: [], refreshTokens: [], accessTokens: [] });
  google.codes.clear();
  google.mailboxes.reset();
  google.pubsub.restore([]);
  google.faults.clear();
  google.counters.reset();
  google.clock.setAdvanced(0);
  google.settings = { ...defaultSettings };
  google.quota.settings = { ...defaultQuota, on: google.options.quota ?? true };
  google.quota.reset();
  expirePageTokens(google);
  google.changed();
}

/** "All well again" for one person: no faults, no policy, no limits. The grant is left as it is. */
export function allWell(google: Google, email: string): void {
  google.faults.clear(email);
  changePerson(google, { email, policyBlock: null, gmailDisabled: false, timeLimitSeconds: null });
}
