/** Where the run's servers are, and the secrets that nobody may find; written by everything.ts, read by the fixtures. */
export const placeVariables = {
  latchkey: "LATCHKEY_E2E_URL",
  google: "LATCHKEY_E2E_GOOGLE",
  pictures: "LATCHKEY_E2E_PICTURES",
  database: "LATCHKEY_E2E_DATABASE",
  log: "LATCHKEY_E2E_LOG",
  nextAuthSecret: "LATCHKEY_E2E_NEXTAUTH_SECRET",
  tokenKey: "LATCHKEY_E2E_TOKEN_KEY",
} as const;

export function place(name: keyof typeof placeVariables): string {
  const value = process.env[placeVariables[name]];
  if (!value) throw new Error(`${placeVariables[name]} is not set: everything.ts sets it.`);
  return value;
}
