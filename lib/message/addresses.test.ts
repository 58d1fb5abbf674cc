import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddresses, plainAddress } from "./addresses.ts";

const read = (value: string) => parseAddresses(value).map(plainAddress);

describe("an address list", () => {
  it.each([
    ["sari@example.org", [{ name: null, address: "sari@example.org" }]],
    ["Sari <sari@example.org>", [{ name: "Sari", address: "sari@example.org" }]],
    [
      '"Wulandari, Sari" <s@example.org>, b@example.org',
      [
        { name: "Wulandari, Sari", address: "s@example.org" },
        { name: null, address: "b@example.org" },
      ],
    ],
    ["sari@example.org (Sari (at home))", [{ name: "Sari (at home)", address: "sari@example.org" }]],
    ['"quoted local"@example.org', [{ name: null, address: '"quotedlocal"@example.org' }]],
    [
      "Team: a@example.org, B <b@example.org>; c@example.org",
      [
        { name: null, address: "a@example.org" },
        { name: "B", address: "b@example.org" },
        { name: null, address: "c@example.org" },
      ],
    ],
    ["undisclosed-recipients:;", []],
    ["<@relay.example,@other.example:sari@example.org>", [{ name: null, address: "sari@example.org" }]],
    ["Sari sari@example.org", [{ name: "Sari", address: "sari@example.org" }]],
    ["MAILER-DAEMON (Mail Delivery System)", [{ name: "Mail Delivery System", address: "MAILER-DAEMON" }]],
    ["Sari Wulandari", [{ name: "Sari Wulandari", address: "" }]],
    ["อาสา <ทีม@ไทย.example>", [{ name: "อาสา", address: "ทีม@ไทย.example" }]],
    ["  , ,;", []],
    ['Sari "un closed <sari@example.org>', [{ name: 'Sari "un closed', address: "sari@example.org" }]],
  ])("%s", (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it("decodes names only after the list is taken apart", () => {
    // "a@evil.example, b" encoded: neither the comma nor the address may come into being.
    expect(read("=?utf-8?B?YUBldmlsLmV4YW1wbGUsIGI=?= <c@example.org>")).toEqual([
      { name: null, address: "c@example.org" },
    ]);
    expect(read("=?utf-8?Q?S=C4=81ri=2C?= =?utf-8?Q?_W=2E?= <c@example.org>")[0]?.name).toBe("Sāri, W.");
  });

  it("withholds a name that claims another address, and keeps what was given", () => {
    const [address] = parseAddresses('"service@bank.example" <thief@evil.example>');
    expect(address).toEqual({
      name: null,
      address: "thief@evil.example",
      givenName: "service@bank.example",
    });
    expect(read('"Sari@Example.org" <sari@example.org>')[0]?.name).toBeNull();
  });

  it("takes bidi overrides and controls out of names", () => {
    expect(read("Sa\u202eri\u0000\u2066 \u200bW <s@example.org>")[0]?.name).toBe("Sari W");
  });

  it("gives at most 1,000 addresses, and a megabyte of anything is quick", () => {
    expect(parseAddresses("a@example.org,".repeat(20_000))).toHaveLength(1_000);
    for (const piece of ['"', "(", "<", "@", "a@", "@ ", "\\", ":", "=?", "' ", "(\\", '"\\', '<"\\', '"<']) {
      const start = performance.now();
      parseAddresses(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - start, piece).toBeLessThan(2_000);
    }
  });

  it("never throws, and gives no controls back", () => {
    const tokens = fc.constantFrom(
      '"',
      "(",
      ")",
      "<",
      ">",
      ",",
      ";",
      ":",
      "@",
      "\\",
      " ",
      "=?utf-8?Q?=2C?=",
      "a",
      "b.c",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(tokens).map((list) => list.join("")),
        ),
        (value) => {
          for (const { name, address } of parseAddresses(value)) {
            expect(`${name}${address}`).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
            expect(address).not.toMatch(/\s/u);
          }
        },
      ),
    );
  });

  it("reads back whatever it is given in the proper form", () => {
    const word = fc.stringMatching(/^[a-z]{1,10}$/u);
    const box = fc.record({ name: fc.stringMatching(/^[A-Za-z ,;:()<>]{1,20}$/u), user: word, host: word });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 8 }), (boxes) => {
        const written = boxes
          .map(({ name, user, host }) => `"${name}" <${user}@${host}.example>`)
          .join(",\r\n ");
        expect(parseAddresses(written).map(({ address }) => address)).toEqual(
          boxes.map(({ user, host }) => `${user}@${host}.example`),
        );
      }),
    );
  });
});
