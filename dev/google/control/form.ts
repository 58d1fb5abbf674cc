import type { FaultOrder } from "../faults.ts";
import type { Google } from "../google.ts";
import { type Answer, json, redirect } from "../http/answer.ts";
import { type Call, formOf } from "../http/call.ts";
import { buttonRows } from "../pages/control.ts";
import * as actions from "./actions.ts";
import { deliverSchema } from "./requests.ts";

const faults: Record<string, (email: string) => FaultOrder> = {
  "5xx": (email) => ({ kind: "5xx", email }),
  timeout: (email) => ({ kind: "timeout", email }),
  "429": (email) => ({ kind: "429", email, retryAfterSeconds: 5 }),
  "refuse-token": (email) => ({ kind: "refuse-token-endpoint", target: "token", email }),
  slow: (email) => ({ kind: "slow", latencyMs: 2000, email }),
};

const actionsByButton: Record<string, (google: Google, email: string) => unknown> = {
  deliver: (google, email) => actions.deliver(google, deliverSchema.parse({ email })),
  "expire-history": actions.expireHistory,
  revoke: (google, email) => actions.killGrant(google, email, "revoked"),
  password: (google, email) => actions.killGrant(google, email, "password-changed"),
  "expire-access-tokens": (google, email) =>
    google.grants.expireAccessTokens(actions.personNamed(google, email).sub, google.clock.now()),
  "time-limit": (google, email) => actions.changePerson(google, { email, timeLimitSeconds: 3600 }),
  block: (google, email) => actions.changePerson(google, { email, policyBlock: "admin_policy_enforced" }),
  well: actions.allWell,
};

/** A button of the control page was pressed. */
export function controlForm(google: Google, call: Call): Answer {
  const form = formOf(call);
  const [email, name] = [form.get("email") ?? "", form.get("action") ?? ""];
  const fault = faults[name];
  if (fault) google.faults.order(fault(actions.personNamed(google, email).email));
  else if (actionsByButton[name]) actionsByButton[name](google, email);
  else return json(400, { error: `no such action: ${name}` });
  const text = buttonRows.flatMap(({ buttons }) => buttons).find(([value]) => value === name)?.[1] ?? name;
  return redirect(`/?done=${encodeURIComponent(`${text}: done for ${email}.`)}`, true);
}
