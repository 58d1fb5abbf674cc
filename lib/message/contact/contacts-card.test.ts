import { describe, expect, it } from "vitest";
import type { Contact, ContactsCard } from "../../domain/card.ts";
import { readContacts } from "./contacts-card.ts";

const source = { partId: "1", filename: "contact.vcf" };

function card(file: string, charset: string | null = null): ContactsCard {
  const read = readContacts(Buffer.from(file), source, charset);
  if (read.kind !== "contacts") throw new Error(`not read: ${read.reason}`);
  return read;
}

function contact(version: string, lines: readonly string[]): Contact {
  const [first] = card(["BEGIN:VCARD", `VERSION:${version}`, ...lines, "END:VCARD"].join("\r\n")).contacts;
  if (first === undefined) throw new Error("no contact");
  return first;
}

describe("a contact", () => {
  it("of version 3 is read with what each way to reach them is for", () => {
    expect(
      contact("3.0", [
        "FN:Ayu Lestari",
        "ORG:Seed Library;Field work",
        "TITLE:Gardener",
        "item1.EMAIL;TYPE=INTERNET,WORK:ayu@example.org",
        "TEL;TYPE=CELL;TYPE=VOICE:+62 812 0000",
        "ADR;TYPE=HOME:;;Jalan Melati 5\\, RW 05;Bandung;;40115;Indonesia",
        "URL:https://example.org/ayu",
        "BDAY:19900131",
        "NOTE:Grows chilli.\\nOften away.",
      ]),
    ).toEqual({
      name: "Ayu Lestari",
      organization: "Seed Library, Field work",
      title: "Gardener",
      emails: [{ value: "ayu@example.org", uses: ["work"] }],
      phones: [{ value: "+62 812 0000", uses: ["cell"] }],
      addresses: [{ value: "Jalan Melati 5, RW 05, Bandung, 40115, Indonesia", uses: ["home"] }],
      links: ["https://example.org/ayu"],
      birthday: "1990-01-31",
      note: "Grows chilli.\nOften away.",
      hasPicture: false,
    });
  });

  it("of version 4 is read with its addresses as URIs", () => {
    const { phones, name } = contact("4.0", ["FN:Ann", 'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-202-0100']);
    expect([name, phones]).toEqual(["Ann", [{ value: "+1-202-0100", uses: ["cell"] }]]);
  });

  it("of version 2.1 is read with its bare words and its quoted-printable", () => {
    const { name, phones, addresses } = contact("2.1", [
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BC=",
      "rgen",
      "TEL;HOME;VOICE:123",
      "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Weg 1;K=F6ln",
    ]);
    expect([name, phones, addresses]).toEqual([
      "Jürgen Müller",
      [{ value: "123", uses: ["home"] }],
      [{ value: "Weg 1, Köln", uses: ["work"] }],
    ]);
  });

  it("has a picture that is not loaded, wherever it is", () => {
    for (const photo of [
      "PHOTO;VALUE=uri:https://images.example/a.png",
      "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AA",
    ]) {
      expect(JSON.stringify(contact("3.0", ["FN:Ann", photo]))).not.toMatch(/images\.example|9j/);
      expect(contact("3.0", ["FN:Ann", photo]).hasPicture).toBe(true);
    }
  });

  it("has no address that would run something", () => {
    expect(contact("3.0", ["FN:Ann", "URL:javascript:alert(1)", "URL:data:text/html,x"]).links).toEqual([]);
  });
});

describe("a file of contacts", () => {
  it("of a whole address book shows the first ones and counts the rest", () => {
    const { contacts, moreContacts } = card("BEGIN:VCARD\nFN:Ann\nEND:VCARD\n".repeat(500));
    expect([contacts.length, moreContacts]).toEqual([20, 480]);
  });

  it("that breaks off shows what is there, and says so", () => {
    expect(card("BEGIN:VCARD\nFN:Ann\nTEL:12")).toMatchObject({
      contacts: [{ name: "Ann" }],
      faults: [{ code: "truncated" }],
    });
  });

  it("that holds no contact is said to", () => {
    expect(readContacts(Buffer.from("hello"), source, null)).toMatchObject({ reason: "other-kind" });
    expect(readContacts(Buffer.from(""), source, null)).toMatchObject({ reason: "empty" });
  });
});
