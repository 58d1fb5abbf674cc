import type { Fault } from "../faults.ts";
import type { Google } from "../google.ts";
import { escapeHtml } from "../mailbox/markup.ts";
import type { Person } from "../people.ts";
import { page } from "./layout.ts";

/** What each button of the control page does; the form endpoint takes exactly these. */
export const buttonRows: { group: string; buttons: [value: string, text: string][] }[] = [
  {
    group: "Mail",
    buttons: [
      ["deliver", "Deliver a message"],
      ["expire-history", "Forget the history"],
    ],
  },
  {
    group: "Access",
    buttons: [
      ["revoke", "Revoke the grant"],
      ["expire-access-tokens", "Expire the access tokens"],
      ["password", "Change the password"],
      ["time-limit", "Choose one hour of access next time"],
      ["block", "Block by policy"],
    ],
  },
  {
    group: "Trouble",
    buttons: [
      ["5xx", "Answer 503"],
      ["timeout", "Do not answer"],
      ["429", "Answer 429"],
      ["refuse-token", "Refuse the token endpoint"],
      ["slow", "Slow down by 2 seconds"],
    ],
  },
  { group: "Done", buttons: [["well", "All well again"]] },
];

/** The page at `/`: everyone's state, and buttons to make Google misbehave. Works without JavaScript. */
export function controlPage(google: Google, done: string | null): string {
  const sections = google.people.all().map((person) => section(google, person));
  const notice = done === null ? "" : `<p class="state ok" role="status">${escapeHtml(done)}</p>`;
  return page(
    "Control",
    `<h1>Who has which trouble today</h1><p>Change what this Google does to a person, then look at what Latchkey makes of it.</p>${notice}${sections.join("")}`,
    true,
  );
}

function section(google: Google, person: Person): string {
  const live = google.grants.liveRefreshTokens(person.sub, null, google.clock.now()).length;
  const groups = buttonRows.map(
    ({ group, buttons }) =>
      `<h3>${group}</h3><div class="actions">${buttons
        .map(
          ([value, text]) =>
            `<button name="action" value="${value}">${text}<span class="unseen"> for ${escapeHtml(person.email)}</span></button>`,
        )
        .join("")}</div>`,
  );
  const trouble = [
    ...google.faults
      .all()
      .filter(({ email }) => email === undefined || email === person.email)
      .map(faultText),
    ...(person.policyBlock ? [`blocked: ${person.policyBlock}`] : []),
    ...(person.timeLimitSeconds
      ? [`access for ${person.timeLimitSeconds / 60} minutes at the next consent`]
      : []),
    ...(person.deleted ? ["account deleted"] : []),
  ];
  const id = `person-${person.sub}`;
  return `<section aria-labelledby="${id}"><header><h2 id="${id}">${escapeHtml(person.name)}</h2><span>${escapeHtml(person.email)}</span></header>
<p class="state">${google.mailboxes.countOf(person).toLocaleString("en")} messages, ${live === 0 ? "no live refresh token" : `${live} live refresh ${live === 1 ? "token" : "tokens"}`}</p>
<p class="state ${trouble.length > 0 ? "bad" : "ok"}">${trouble.length > 0 ? escapeHtml(trouble.join("; ")) : "All well"}</p>
<form method="post" action="/control/form"><input type="hidden" name="email" value="${escapeHtml(person.email)}">${groups.join("")}</form></section>`;
}

const faultTexts: Partial<Record<Fault["kind"], string>> = {
  "5xx": "answers 503",
  timeout: "does not answer",
  reset: "drops the connection",
  "429": "answers 429",
  "refuse-token-endpoint": "refuses the token endpoint",
  slow: "is slow",
};

function faultText(fault: Fault): string {
  const where = fault.target === undefined || fault.target === "all" ? "" : ` (${fault.target})`;
  const left = fault.count === undefined ? "" : `, ${fault.count} more`;
  return `Google ${faultTexts[fault.kind] ?? fault.kind}${where}${left}`;
}
