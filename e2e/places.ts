/** Where the run's servers are; written by everything.ts, read by the fixtures. */
export const placeVariables = {
  latchkey: "LATCHKEY_E2E_URL",
  google: "LATCHKEY_E2E_GOOGLE",
  database: "LATCHKEY_E2E_DATABASE",
  log: "LATCHKEY_E2E_LOG",
} as const;

export function place(name: keyof typeof placeVariables): string {
  const value = process.env[placeVariables[name]];
  if (!value) throw new Error(`${placeVariables[name]} is not set: everything.ts sets it.`);
  return value;
}
