/** How often each endpoint was called and how many quota units it cost; what tests and the bench count by. */
export interface CounterReport {
  /** By name: `token.authorization_code`, `token.refresh_token`, `revoke`, `userinfo`, `batch`, `messages.list`, … */
  calls: Record<string, number>;
  /** Calls by method, for each person. */
  byPerson: Record<string, Record<string, number>>;
  /** Answers by name and status, e.g. `messages.get 429`. */
  answers: Record<string, number>;
  quotaUnits: number;
  /** Parts in each batch so far, in order. */
  batchSizes: number[];
  /** The most Gmail calls that one person had under way at once. */
  mostConcurrent: number;
  bytesSent: number;
}

export class Counters {
  #report: CounterReport = empty();

  called(name: string, email: string | null): void {
    this.#report.calls[name] = (this.#report.calls[name] ?? 0) + 1;
    if (email === null) return;
    const person = this.#report.byPerson[email] ?? {};
    person[name] = (person[name] ?? 0) + 1;
    this.#report.byPerson[email] = person;
  }

  answered(name: string, status: number): void {
    const key = `${name} ${status}`;
    this.#report.answers[key] = (this.#report.answers[key] ?? 0) + 1;
  }

  spent(units: number): void {
    this.#report.quotaUnits += units;
  }

  batched(parts: number): void {
    this.#report.batchSizes.push(parts);
  }

  concurrent(calls: number): void {
    this.#report.mostConcurrent = Math.max(this.#report.mostConcurrent, calls);
  }

  sent(bytes: number): void {
    this.#report.bytesSent += bytes;
  }

  report(): CounterReport {
    return this.#report;
  }

  reset(): void {
    this.#report = empty();
  }
}

function empty(): CounterReport {
  return {
    calls: {},
    byPerson: {},
    answers: {},
    quotaUnits: 0,
    batchSizes: [],
    mostConcurrent: 0,
    bytesSent: 0,
  };
}
