/** A value that a process has one of. */
export interface PerProcess<Value> {
  /** The value; it is made when it is first asked for. */
  (): Value;
  /** Takes the value away, if it was made; whoever asks next gets a new one. */
  take(): Value | undefined;
}

// Next bundles routes apart from each other: a variable of a module exists once in each bundle, a property of the
// global object once in the process.
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
