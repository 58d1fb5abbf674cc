import type { z } from "zod";
import type { MailboxAsItIs } from "./control/actions.ts";
import type * as requests from "./control/requests.ts";
import type { ControlState } from "./control/state.ts";
import type { CounterReport } from "./counters.ts";
import type { Fault, FaultOrder } from "./faults.ts";
import type { PushSettings } from "./gmail/pubsub.ts";
import type { QuotaSettings } from "./gmail/quota.ts";
import type { Settings } from "./google.ts";
import type { Label } from "./mailbox/labels.ts";
import type { DeathCause } from "./oauth/grants.ts";
import type { Person } from "./people.ts";

export { type SignIn, signInHeadless } from "./sign-in-headless.ts";

type Order<S extends z.ZodType> = Omit<z.input<S>, "email">;
export interface Delivered {
  id: string;
  threadId: string;
}
export type Control = ReturnType<typeof controlOf>;

/** The control API of a running local Google, typed. Every call throws when it is refused. */
export function controlOf(url: string) {
  const post = async <T>(name: string, body: object = {}): Promise<T> => {
    const answer = await fetch(`${url}/control/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return read<T>(answer, name);
  };
  const get = async <T>(name: string): Promise<T> => read<T>(await fetch(`${url}/control/${name}`), name);
  return {
    url,
    state: () => get<ControlState>("state"),
    counters: () => get<CounterReport>("counters"),
    resetCounters: () => post<void>("counters/reset"),
    /** Back to the first start: people, mail, grants, faults, clock, settings. The signing keys stay. */
    reset: () => post<void>("reset"),
    advanceClock: (seconds: number) => post<{ nowMs: number }>("clock", { advanceSeconds: seconds }),
    settings: (settings: Partial<Settings>) => post<Settings>("settings", settings),
    quota: (settings: Partial<QuotaSettings>) => post<QuotaSettings>("quota", settings),
    resetQuota: () => post<void>("quota/reset"),
    rotateKeys: () => post<void>("rotate-keys"),

    addPerson: (person: z.input<typeof requests.addPersonSchema>) => post<Person>("people", person),
    changePerson: (email: string, change: Order<typeof requests.changePersonSchema>) =>
      post<Person>("person", { email, ...change }),
    /** How long the access lasts that this person chooses at the next consent; null: without end. */
    timeLimited: (email: string, seconds: number | null) =>
      post<Person>("person", { email, timeLimitSeconds: seconds }),
    block: (email: string, policyBlock: Person["policyBlock"]) =>
      post<Person>("person", { email, policyBlock }),
    allWell: (email: string) => post<void>("all-well", { email }),

    /** The person takes the grant back at Google. */
    revokeGrant: (email: string) => post<void>("revoke-grant", { email }),
    killGrant: (email: string, cause: DeathCause) => post<void>("kill-grant", { email, cause }),
    /** Tokens without a browser, as after a full consent. */
    grant: (email: string, order: Order<typeof requests.issueGrantSchema> = {}) =>
      post<{ sub: string; refreshToken: string; accessToken: string; scope: string }>("grant", {
        email,
        ...order,
      }),
    expireAccessTokens: (email: string) => post<void>("expire-access-tokens", { email }),
    expirePageTokens: () => post<void>("expire-page-tokens"),
    expireHistory: (email: string) => post<void>("expire-history", { email }),

    fault: (order: FaultOrder) => post<Fault>("faults", order),
    clearFaults: (email?: string) => post<void>("faults/clear", email === undefined ? {} : { email }),

    deliver: (email: string, message: Order<typeof requests.deliverSchema> = {}) =>
      post<Delivered>("deliver", { email, ...message }),
    deliverRfc822: (
      email: string,
      raw: Uint8Array | string,
      more: Partial<Order<typeof requests.deliverRfc822Schema>> = {},
    ) => post<Delivered>("deliver/rfc822", { ...more, email, base64: Buffer.from(raw).toString("base64") }),
    /** A message whose payload is given back as it is, however malformed. */
    deliverPayload: (
      email: string,
      payload: unknown,
      more: Partial<Order<typeof requests.deliverPayloadSchema>> = {},
    ) => post<Delivered>("deliver/payload", { ...more, email, payload }),
    /** Everything in a mailbox, without a call that anybody counts. */
    mailbox: (email: string) => post<MailboxAsItIs>("mailbox", { email }),
    relabel: (email: string, ids: string[], change: { add?: string[]; remove?: string[] }) =>
      post<void>("messages/labels", { email, ids, ...change }),
    trash: (email: string, ids: string[]) => post<void>("messages/trash", { email, ids }),
    deleteMessages: (email: string, ids: string[]) => post<void>("messages/delete", { email, ids }),
    createLabel: (email: string, name: string, color: string | null = null) =>
      post<Label>("labels", { email, name, color }),
    renameLabel: (email: string, id: string, name: string) =>
      post<void>("labels/rename", { email, id, name }),
    deleteLabel: (email: string, id: string) => post<void>("labels/delete", { email, id }),

    /** Where Pub/Sub pushes to, and how well. */
    push: (settings: Partial<PushSettings>) => post<PushSettings>("push", settings),
    pushNow: (email: string, historyId?: number) =>
      post<void>("push/now", historyId === undefined ? { email } : { email, historyId }),
    /** A JWT of any claims, signed with Google's key: security event tokens, forged push tokens. */
    sign: async (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
      (await post<{ jwt: string }>("sign", { claims, header })).jwt,
  };
}

async function read<T>(answer: Response, name: string): Promise<T> {
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`control ${name}: ${answer.status} ${JSON.stringify(body)}`);
  return body as T;
}
