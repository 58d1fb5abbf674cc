import type { Google } from "../google.ts";

/** What `GET /control/state` tells: no secrets, no tokens. */
export function stateOf(google: Google) {
  const now = google.clock.now();
  return {
    issuer: google.origin,
    clock: { nowMs: now, advancedMs: google.clock.advancedMs },
    settings: google.settings,
    quota: google.quota.settings,
    push: google.pubsub.settings,
    watches: google.pubsub.watches(),
    faults: google.faults.all(),
    clients: google.clients.map(({ id, redirectUris }) => ({ id, redirectUris })),
    people: google.people.all().map((person) => ({
      ...person,
      messages: google.mailboxes.countOf(person),
      consents: google.grants
        .consents()
        .filter(({ sub }) => sub === person.sub)
        .map(({ clientId, scopes, expiresAtMs }) => ({ clientId, scopes, expiresAtMs })),
      liveRefreshTokens: google.grants.liveRefreshTokens(person.sub, null, now).length,
    })),
  };
}

export type ControlState = ReturnType<typeof stateOf>;
