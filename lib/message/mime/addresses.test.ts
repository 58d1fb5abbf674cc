import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { parseAddresses } from "./addresses.ts";
import { plainAddress } from "./named-address.ts";

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
    ["unlisted-recipients:; (no To-header on input)", []],
    ["<Undisclosed Recipients>", [{ name: "Undisclosed Recipients", address: "" }]],
    ["<@relay.example,@other.example:sari@example.org>", [{ name: null, address: "sari@example.org" }]],
    ["Sari sari@example.org", [{ name: "Sari", address: "sari@example.org" }]],
    ["MAILER-DAEMON (Mail Delivery System)", [{ name: "Mail Delivery System", address: "MAILER-DAEMON" }]],
    ["Sari Wulandari", [{ name: "Sari Wulandari", address: "" }]],
    ["อาสา <ทีม@ไทย.example>", [{ name: "อาสา", address: "ทีม@ไทย.example" }]],
    ["  , ,;", []],
    // Words with what the standard wants encoded left bare inside. `postal-mime` tears all of these but the last.
    ["=?utf-8?Q?Kantor:_Caf=C3=A9?= <k@example.com>", [{ name: "Kantor: Café", address: "k@example.com" }]],
    ["=?utf-8?Q?Santoso,_Budi?= <b@example.com>", [{ name: "Santoso, Budi", address: "b@example.com" }]],
    ['=?utf-8?Q?Budi_"Bud"?= <b@example.com>', [{ name: 'Budi "Bud"', address: "b@example.com" }]],
    ['"=?utf-8?Q?Budi_"Bud"?=" <b@example.com>', [{ name: 'Budi "Bud"', address: "b@example.com" }]],
    ["=?utf-8?Q?Budi_<3_Ayu?= <b@example.com>", [{ name: "Budi <3 Ayu", address: "b@example.com" }]],
    ["=?utf-8?Q?Budi_(rumah?= <b@example.com>", [{ name: "Budi (rumah", address: "b@example.com" }]],
    [
      "=?utf-8?Q?Budi;_Ayu_@rumah?= <b@example.com>",
      [{ name: "Budi; Ayu @rumah", address: "b@example.com" }],
    ],
    ["=?utf-8?Q?Siapa??= <b@example.com>", [{ name: "Siapa?", address: "b@example.com" }]],
    ["=?utf-8?Q?Siapa?=20Budi??= <b@example.com>", [{ name: "Siapa? Budi?", address: "b@example.com" }]],
    ["=?utf-8?Q?Kantor Pusat?= <b@example.com>", [{ name: "Kantor Pusat", address: "b@example.com" }]],
    [
      "=?utf-8*id?Q?K=C3=A9:?= =?utf-8?B?w6k=?= <b@example.com>",
      [{ name: "Ké:é", address: "b@example.com" }],
    ],
    ["=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?= <b@example.com>", [{ name: "Café", address: "b@example.com" }]],
    ["=?utf-8?Q?Ayu:?= ayu@example.com", [{ name: "Ayu:", address: "ayu@example.com" }]],
    ["ayu@example.com (=?utf-8?Q?Ayu_(rumah)?=)", [{ name: "Ayu (rumah)", address: "ayu@example.com" }]],
    [
      "=?utf-8?Q?A:_B?= <a@example.com>, =?utf-8?Q?C,_D?= <c@example.com>",
      [
        { name: "A: B", address: "a@example.com" },
        { name: "C, D", address: "c@example.com" },
      ],
    ],
    ["Budi Santoso, M.Kom <b@example.com>", [{ name: "Budi Santoso, M.Kom", address: "b@example.com" }]],
    ["Santoso, Budi <b@example.com>", [{ name: "Santoso, Budi", address: "b@example.com" }]],
    [
      "a@example.com, Santoso, Budi <b@example.com>",
      [
        { name: null, address: "a@example.com" },
        { name: "Santoso, Budi", address: "b@example.com" },
      ],
    ],
    ["Kantor: Pusat <b@example.com>", [{ name: "Kantor: Pusat", address: "b@example.com" }]],
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

  it.each([
    "=?utf-8?Q?service@bank.example?= <thief@evil.example>",
    "=?utf-8?Q?Bank_<service@bank.example>?= <thief@evil.example>",
    '"service @ bank.example" <thief@evil.example>',
    "service＠bank．example <thief@evil.example>",
    "=?utf-8?Q?service@bank.example,?= Bank <thief@evil.example>",
  ])("withholds a name that looks like another address: %s", (value) => {
    expect(read(value)).toEqual([{ name: null, address: "thief@evil.example" }]);
  });

  it("makes no address of an encoded word, and shows none that stands alone as if it were one", () => {
    expect(read("=?utf-8?Q?service@bank.example?=")).toEqual([{ name: null, address: "" }]);
    expect(read("=?utf-8?Q?Bank_<service@bank.example>?=")).toEqual([{ name: null, address: "" }]);
    expect(read("=?utf-8?Q?Bank?=")).toEqual([{ name: "Bank", address: "" }]);
  });

  it("lets no encoded word swallow an address that stands in the open", () => {
    expect(
      read('"=?utf-8?Q?a" <thief@evil.example>, "b?=" <service@bank.example>').map(({ address }) => address),
    ).toEqual(["thief@evil.example", "service@bank.example"]);
  });

  it("takes bidi overrides and controls out of names", () => {
    expect(read("Sa\u202eri\u0000\u2066 \u200bW <s@example.org>")[0]?.name).toBe("Sari W");
  });

  it("gives at most 1,000 addresses, and a megabyte of anything is quick", () => {
    expect(parseAddresses("a@example.org,".repeat(20_000))).toHaveLength(1_000);
    for (const piece of ['"', "(", "<", "@", "a@", "@ ", "\\", ":", "=?", "' ", "(\\", '"\\', '<"\\', '"<']) {
      const list = piece.repeat(1_000_000 / piece.length);
      expect(
        cpuMs(() => parseAddresses(list)),
        piece,
      ).toBeLessThan(2_000);
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
