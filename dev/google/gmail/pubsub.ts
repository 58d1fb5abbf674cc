import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Change } from "../mailbox/history.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import type { KeyRing } from "../oauth/keys.ts";
import type { Person } from "../people.ts";

export interface Watch {
  sub: string;
  topicName: string;
  labelIds: string[];
  exclude: boolean;
  expirationMs: number;
}

export interface PushSettings {
  /** Where Pub/Sub pushes to; null: nowhere. */
  endpoint: string | null;
  audience: string;
  serviceAccount: string;
  /** Lose every notification, or send each one twice. */
  behaviour: "normal" | "lost" | "doubled";
}

const watchMs = 7 * 24 * 3600 * 1000;
const betweenMs = 1000;

/** `users.watch` and its notifications, pushed as Cloud Pub/Sub does. At most one a second per user. */
export class PubSub {
  settings: PushSettings = {
    endpoint: null,
    audience: "latchkey-push",
    serviceAccount: "push@latchkey-local.example",
    behaviour: "normal",
  };
  issuer = "";
  readonly #clock: Clock;
  readonly #keys: KeyRing;
  #watches = new Map<string, Watch>();
  readonly #lastSentMs = new Map<string, number>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(clock: Clock, keys: KeyRing) {
    this.#clock = clock;
    this.#keys = keys;
  }

  watch(person: Person, mailbox: Mailbox, topicName: string, labelIds: string[], exclude: boolean): Watch {
    const expirationMs = this.#clock.now() + watchMs;
    const watch = { sub: person.sub, topicName, labelIds, exclude, expirationMs };
    this.#watches.set(person.sub, watch);
    this.#schedule(person, mailbox);
    return watch;
  }

  stop(person: Person): void {
    this.#watches.delete(person.sub);
  }

  notify(person: Person, mailbox: Mailbox, changes: Omit<Change, "historyId" | "atMs">[]): void {
    const watch = this.#watches.get(person.sub);
    if (!watch || watch.expirationMs <= this.#clock.now() || changes.length === 0) return;
    const concerns = changes.some(({ labelIds }) => {
      if (watch.labelIds.length === 0) return true;
      return labelIds.some((id) => watch.labelIds.includes(id)) !== watch.exclude;
    });
    if (concerns) this.#schedule(person, mailbox);
  }

  /** Push now, whatever is watched. */
  async push(person: Person, historyId: number): Promise<void> {
    const { endpoint, behaviour } = this.settings;
    if (endpoint === null || behaviour === "lost") return;
    const message = this.#message(person, historyId);
    for (let copy = 0; copy < (behaviour === "doubled" ? 2 : 1); copy += 1)
      await this.#post(endpoint, message, 2);
  }

  watches(): Watch[] {
    return [...this.#watches.values()];
  }

  restore(watches: Watch[]): void {
    this.#watches = new Map(watches.map((watch) => [watch.sub, watch]));
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  /** Changes within a second of the last notification share the next one. */
  #schedule(person: Person, mailbox: Mailbox): void {
    if (this.settings.endpoint === null || this.#waiting.has(person.sub)) return;
    const wait = Math.max(0, (this.#lastSentMs.get(person.sub) ?? 0) + betweenMs - Date.now());
    const timer = setTimeout(() => {
      this.#waiting.delete(person.sub);
      this.#lastSentMs.set(person.sub, Date.now());
      void this.push(person, mailbox.history.current);
    }, wait);
    this.#waiting.set(person.sub, timer.unref());
  }

  #message(person: Person, historyId: number): Record<string, unknown> {
    const data = Buffer.from(JSON.stringify({ emailAddress: person.email, historyId })).toString("base64");
    const [messageId, publishTime] = [randomUUID(), new Date().toISOString()];
    return {
      message: { data, messageId, message_id: messageId, publishTime, publish_time: publishTime },
      subscription: "projects/latchkey-local/subscriptions/gmail-push",
    };
  }

  /** Anything but 2xx is tried again. */
  async #post(endpoint: string, body: unknown, retries: number): Promise<void> {
    const { audience, serviceAccount } = this.settings;
    const seconds = Math.floor(Date.now() / 1000);
    const token = await this.#keys.sign({
      iss: this.issuer,
      aud: audience,
      azp: "110000000000000000001",
      sub: "110000000000000000001",
      email: serviceAccount,
      email_verified: true,
      iat: seconds,
      exp: seconds + 3600,
    });
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (answer?.ok || retries === 0) return;
    setTimeout(() => void this.#post(endpoint, body, retries - 1), betweenMs).unref();
  }
}
