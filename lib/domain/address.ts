/**
 * A text with A–Z in lower case and everything else as it is. Addresses are compared in ASCII: Unicode knows letters
 * that become others in lower case, as the Kelvin sign becomes a "k".
 */
export const asciiLowerCase = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
