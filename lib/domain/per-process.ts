/** What a process has one of. */
export interface PerProcess<Value> {
  /** It, made when it is first asked for. */
  (): Value;
  /** It, if anybody has asked for it; the next one who asks gets a new one. */
  take(): Value | undefined;
}

// Next bundles routes apart from each other: a variable of a module is each bundle's own, and this one all of theirs.
const shared = globalThis as { latchkey?: Map<string, unknown> };

/**
 * Makes a value once for the whole process, however many bundles hold this code.
 * @param name says which value; two that share a name share the value
 */
export function perProcess<Value>(name: string, make: () => Value): PerProcess<Value> {
  const all = (): Map<string, unknown> => {
    shared.latchkey ??= new Map();
    return shared.latchkey;
  };
  const get = () => {
    if (!all().has(name)) all().set(name, make());
    return all().get(name) as Value;
  };
  const take = () => {
    const value = all().get(name) as Value | undefined;
    all().delete(name);
    return value;
  };
  return Object.assign(get, { take });
}
