import type { Clock } from "../clock.ts";

/** Units per method since 1 May 2026 (docs/google.md §7). */
export const unitsByMethod: Readonly<Record<string, number>> = {
  "messages.list": 5,
  "messages.get": 20,
  "threads.get": 40,
  "threads.list": 10,
  "messages.attachments.get": 20,
  "history.list": 2,
  "labels.list": 1,
  "labels.get": 1,
  getProfile: 1,
  watch: 100,
  stop: 50,
};

export interface QuotaSettings {
  on: boolean;
  unitsPerUserPerMinute: number;
  unitsPerProjectPerMinute: number;
  unitsPerProjectPerDay: number;
  /** Gmail calls one person may have under way at once; parts of a batch count each. */
  concurrentPerUser: number;
}

export const defaultQuota: QuotaSettings = {
  on: true,
  unitsPerUserPerMinute: 6_000,
  unitsPerProjectPerMinute: 1_200_000,
  unitsPerProjectPerDay: 80_000_000,
  concurrentPerUser: 30,
};

export type QuotaLimit = "user" | "project" | "day";

/** What was spent in the last minute: by second, so that a busy minute stays small. */
class Spending {
  #seconds: { second: number; units: number }[] = [];
  #total = 0;

  within(lastSeconds: number, nowMs: number): number {
    const from = Math.floor(nowMs / 1000) - lastSeconds;
    while (this.#seconds[0] && this.#seconds[0].second <= from) {
      this.#total -= this.#seconds.shift()?.units ?? 0;
    }
    return this.#total;
  }

  add(units: number, nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const last = this.#seconds.at(-1);
    if (last?.second === second) last.units += units;
    else this.#seconds.push({ second, units });
    this.#total += units;
  }
}

/** Quota units and concurrency of every user and client. Refused calls cost nothing. */
export class Quota {
  settings: QuotaSettings;
  readonly #clock: Clock;
  #users = new Map<string, Spending>();
  #projects = new Map<string, Spending>();
  #days = new Map<string, Spending>();
  #underWay = new Map<string, number>();
  #refusals = 0;

  constructor(clock: Clock, settings: QuotaSettings) {
    this.#clock = clock;
    this.settings = settings;
  }

  /** Spend the units of one call; the limit that forbids it, or null. */
  spend(clientId: string, sub: string, units: number): QuotaLimit | null {
    if (!this.settings.on) return null;
    const now = this.#clock.now();
    const user = spendingOf(this.#users, `${clientId} ${sub}`);
    const project = spendingOf(this.#projects, clientId);
    const day = spendingOf(this.#days, clientId);
    if (user.within(60, now) + units > this.settings.unitsPerUserPerMinute) return "user";
    if (project.within(60, now) + units > this.settings.unitsPerProjectPerMinute) return "project";
    if (day.within(86_400, now) + units > this.settings.unitsPerProjectPerDay) return "day";
    for (const spending of [user, project, day]) spending.add(units, now);
    return null;
  }

  /** Count a refusal; how many there were, this one included. */
  refused(): number {
    this.#refusals += 1;
    return this.#refusals;
  }

  /** Take a concurrency slot; null when all are taken. Otherwise how many are now in use. */
  enter(sub: string): number | null {
    const underWay = (this.#underWay.get(sub) ?? 0) + 1;
    if (underWay > this.settings.concurrentPerUser) return null;
    this.#underWay.set(sub, underWay);
    return underWay;
  }

  leave(sub: string): void {
    this.#underWay.set(sub, Math.max(0, (this.#underWay.get(sub) ?? 0) - 1));
  }

  reset(): void {
    this.#users = new Map();
    this.#projects = new Map();
    this.#days = new Map();
    this.#refusals = 0;
  }
}

function spendingOf(of: Map<string, Spending>, key: string): Spending {
  const found = of.get(key) ?? new Spending();
  of.set(key, found);
  return found;
}
