/**
 * What a form's fields hold, by name. None for what is no form: a server action can be called by hand, with anything.
 */
export const formFields = (sent: unknown): Readonly<Record<string, FormDataEntryValue>> =>
  sent instanceof FormData ? Object.fromEntries(sent) : {};
