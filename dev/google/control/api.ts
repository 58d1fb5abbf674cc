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
const ACTIONS: Record<string, Action> = {
  reset: action(requests.NOTHING, actions.reset),
  clock: action(requests.CLOCK, (google, { advanceSeconds }) => {
    google.clock.advance(advanceSeconds);
    google.changed();
    return { nowMs: google.clock.now() };
  }),
  settings: action(requests.SETTINGS, (google, order) => Object.assign(google.settings, present(order))),
  quota: action(requests.QUOTA, (google, order) => Object.assign(google.quota.settings, present(order))),
  "quota/reset": action(requests.NOTHING, (google) => google.quota.reset()),
  "counters/reset": action(requests.NOTHING, (google) => google.counters.reset()),
  people: action(requests.ADD_PERSON, actions.addPerson),
  person: action(requests.CHANGE_PERSON, actions.changePerson),
  "revoke-grant": action(requests.PERSON, (google, { email }) => actions.killGrant(google, email, "revoked")),
  "kill-grant": action(requests.KILL_GRANT, (google, { email, cause, clientId }) =>
    actions.killGrant(google, email, cause, clientId ?? null),
  ),
  grant: action(requests.ISSUE_GRANT, actions.issueGrant),
  "expire-access-tokens": action(requests.PERSON, (google, { email }) => {
    google.grants.expireAccessTokens(actions.personNamed(google, email).sub, google.clock.now());
    google.changed();
  }),
  "expire-page-tokens": action(requests.NOTHING, actions.expirePageTokens),
  "expire-history": action(requests.PERSON, (google, { email }) => actions.expireHistory(google, email)),
  "all-well": action(requests.PERSON, (google, { email }) => actions.allWell(google, email)),
  faults: action(requests.FAULT, (google, order) => google.faults.order(order as FaultOrder)),
  "faults/clear": action(requests.CLEAR_FAULTS, (google, { email }) => google.faults.clear(email)),
  deliver: action(requests.DELIVER, actions.deliver),
  "deliver/rfc822": action(requests.DELIVER_RFC822, (google, order) =>
    actions.place(google, order, { kind: "rfc822", base64: order.base64, keepCharset: order.keepCharset }),
  ),
  "deliver/payload": action(requests.DELIVER_PAYLOAD, (google, order) => {
    const { payload, snippet, sizeEstimate, rawBase64, attachments } = order;
    const optional = present({ snippet, sizeEstimate, rawBase64, attachments });
    return actions.place(google, order, { kind: "verbatim", payload, ...optional });
  }),
  mailbox: action(requests.PERSON, (google, { email }) => actions.mailboxAsItIs(google, email)),
  "messages/labels": action(requests.RELABEL, actions.relabel),
  "messages/trash": action(requests.MESSAGES, actions.trash),
  "messages/delete": action(requests.MESSAGES, actions.deleteMessages),
  labels: action(requests.CREATE_LABEL, actions.createLabel),
  "labels/rename": action(requests.RENAME_LABEL, actions.renameLabel),
  "labels/delete": action(requests.DELETE_LABEL, actions.deleteLabel),
  "rotate-keys": action(requests.NOTHING, async (google) => {
    await google.keys.rotate();
    google.changed();
  }),
  push: action(requests.PUSH, (google, order) => Object.assign(google.pubsub.settings, present(order))),
  "push/now": action(requests.PUSH_NOW, async (google, { email, historyId }) => {
    const person = actions.personNamed(google, email);
    await google.pubsub.push(person, historyId ?? google.mailboxes.of(person).history.current);
  }),
  sign: action(requests.SIGN, async (google, { claims, header }) => ({
    jwt: await google.keys.sign(claims, header),
  })),
};

/** The control API: `GET state`, `GET counters`, and the actions. */
export async function control(google: Google, call: Call): Promise<Answer> {
  const name = call.path.slice("/control/".length);
  if (call.method === "GET" && name === "state") return json(200, stateOf(google));
  if (call.method === "GET" && name === "counters") return json(200, google.counters.report());
  const act = ACTIONS[name];
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
