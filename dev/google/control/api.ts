import type { ZodType } from "zod";
import type { FaultOrder } from "../faults.ts";
import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import * as actions from "./actions.ts";
import * as requests from "./requests.ts";
import { stateOf } from "./state.ts";

type Action = (google: Google, body: unknown) => Promise<unknown>;

/** An action whose request is checked first. */
function action<T>(schema: ZodType<T>, run: (google: Google, order: T) => unknown): Action {
  return async (google, body) => {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new actions.ControlError(parsed.error.message);
    return (await run(google, parsed.data)) ?? {};
  };
}

/** `POST /control/…`, JSON in and out. */
const actionsByName: Record<string, Action> = {
  reset: action(requests.nothingSchema, actions.reset),
  clock: action(requests.clockSchema, (google, { advanceSeconds }) => {
    google.clock.advance(advanceSeconds);
    google.changed();
    return { nowMs: google.clock.now() };
  }),
  settings: action(requests.settingsSchema, (google, order) =>
    Object.assign(google.settings, present(order)),
  ),
  quota: action(requests.quotaSchema, (google, order) =>
    Object.assign(google.quota.settings, present(order)),
  ),
  "quota/reset": action(requests.nothingSchema, (google) => google.quota.reset()),
  "counters/reset": action(requests.nothingSchema, (google) => google.counters.reset()),
  people: action(requests.addPersonSchema, actions.addPerson),
  person: action(requests.changePersonSchema, actions.changePerson),
  "revoke-grant": action(requests.personSchema, (google, { email }) =>
    actions.killGrant(google, email, "revoked"),
  ),
  "kill-grant": action(requests.killGrantSchema, (google, { email, cause, clientId }) =>
    actions.killGrant(google, email, cause, clientId ?? null),
  ),
  grant: action(requests.issueGrantSchema, actions.issueGrant),
  "expire-access-tokens": action(requests.personSchema, (google, { email }) => {
    google.grants.expireAccessTokens(actions.personNamed(google, email).sub, google.clock.now());
    google.changed();
  }),
  "expire-page-tokens": action(requests.nothingSchema, actions.expirePageTokens),
  "expire-history": action(requests.personSchema, (google, { email }) =>
    actions.expireHistory(google, email),
  ),
  "all-well": action(requests.personSchema, (google, { email }) => actions.allWell(google, email)),
  faults: action(requests.faultSchema, (google, order) => google.faults.order(order as FaultOrder)),
  "faults/clear": action(requests.clearFaultsSchema, (google, { email }) => google.faults.clear(email)),
  deliver: action(requests.deliverSchema, actions.deliver),
  "deliver/rfc822": action(requests.deliverRfc822Schema, (google, order) =>
    actions.place(google, order, { kind: "rfc822", base64: order.base64, keepCharset: order.keepCharset }),
  ),
  "deliver/payload": action(requests.deliverPayloadSchema, (google, order) => {
    const { payload, snippet, sizeEstimate, rawBase64, attachments } = order;
    const optional = present({ snippet, sizeEstimate, rawBase64, attachments });
    return actions.place(google, order, { kind: "verbatim", payload, ...optional });
  }),
  mailbox: action(requests.personSchema, (google, { email }) => actions.mailboxAsItIs(google, email)),
  "messages/labels": action(requests.relabelSchema, actions.relabel),
  "messages/trash": action(requests.messagesSchema, actions.trash),
  "messages/delete": action(requests.messagesSchema, actions.deleteMessages),
  labels: action(requests.createLabelSchema, actions.createLabel),
  "labels/rename": action(requests.renameLabelSchema, actions.renameLabel),
  "labels/delete": action(requests.deleteLabelSchema, actions.deleteLabel),
  "rotate-keys": action(requests.nothingSchema, async (google) => {
    await google.keys.rotate();
    google.changed();
  }),
  push: action(requests.pushSchema, (google, order) => Object.assign(google.pubsub.settings, present(order))),
  "push/now": action(requests.pushNowSchema, async (google, { email, historyId }) => {
    const person = actions.personNamed(google, email);
    await google.pubsub.push(person, historyId ?? google.mailboxes.of(person).history.current);
  }),
  sign: action(requests.signSchema, async (google, { claims, header }) => ({
    jwt: await google.keys.sign(claims, header),
  })),
};

/** The control API: `GET state`, `GET counters`, and the actions. */
export async function control(google: Google, call: Call): Promise<Answer> {
  const name = call.path.slice("/control/".length);
  if (call.method === "GET" && name === "state") return json(200, stateOf(google));
  if (call.method === "GET" && name === "counters") return json(200, google.counters.report());
  const act = actionsByName[name];
  if (call.method !== "POST" || !act) return json(404, { error: `no such control: ${call.method} ${name}` });
  if (!/^application\/json\b/.test(call.headers["content-type"] ?? ""))
    return json(415, { error: "send JSON" });
  try {
    const body: unknown = call.body.length === 0 ? {} : JSON.parse(call.body.toString("utf8"));
    return json(200, await act(google, body));
  } catch (error) {
    if (error instanceof actions.ControlError || error instanceof SyntaxError) {
      return json(400, { error: error.message });
    }
    throw error;
  }
}

/** Without the members that are undefined, so that they do not overwrite. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}
