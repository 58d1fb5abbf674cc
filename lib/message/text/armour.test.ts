import { expect, it } from "vitest";
import { unarmoured } from "./armour.ts";

const signature = "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n";

it("a signed text is shown without its armour", () => {
  const text = `Before\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- -- one\nFrom: two\n${signature}After\n`;
  expect(unarmoured(text)).toEqual({
    text: "Before\n-- one\nFrom: two\nAfter\n",
    isSigned: true,
    isEncrypted: false,
  });
});

it("what is encrypted is no text, and what stands around it is", () => {
  const block = "-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nhQEM\n=abcd\n-----END PGP MESSAGE-----";
  expect(unarmoured(`Halo\n\n${block}\n\nSari`)).toEqual({
    text: "Halo\n\n\n\nSari",
    isSigned: false,
    isEncrypted: true,
  });
  expect(unarmoured("-----BEGIN PGP MESSAGE-----\n\nhQ").isEncrypted).toBe(true);
});

it("a text that only speaks of it stays as it is", () => {
  for (const text of [
    "Write -----BEGIN PGP SIGNED MESSAGE----- first.",
    "-----BEGIN PGP SIGNED MESSAGE-----\nwithout an end",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\nmQ\n-----END PGP PUBLIC KEY BLOCK-----",
  ]) {
    expect(unarmoured(text)).toEqual({ text, isSigned: false, isEncrypted: false });
  }
});
