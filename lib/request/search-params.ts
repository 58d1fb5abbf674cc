/** The one value of a parameter in the address; the first when it stands there twice. */
export const firstParam = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
