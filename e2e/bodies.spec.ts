import { signedData, tnef, wide } from "#lib/message/fixtures/containers.ts";
import { expect, test } from "./fixtures.ts";

const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/(.{76})/g, "$1\r\n");

const bounce = [
  "From: Mail Delivery System <mailer-daemon@example.com>",
  "Subject: Undelivered Mail Returned to Sender",
  'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
  "",
  "--x",
  "Content-Type: text/plain",
  "",
  "This is the mail system at host mx.example.com.",
  "--x",
  "Content-Type: message/delivery-status",
  "",
  "Reporting-MTA: dns; mx.example.com",
  "",
  "Final-Recipient: rfc822; sari@example.com",
  "Action: failed",
  "Status: 5.2.2",
  "Diagnostic-Code: smtp; 552 5.2.2 Over quota",
  "--x",
  "Content-Type: message/rfc822",
  "Content-Disposition: inline",
  "",
  "From: Budi <budi@example.org>",
  "To: Sari <sari@example.com>",
  "Date: Fri, 27 Nov 2026 08:00:00 +0700",
  "Subject: Makan siang",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Jadi <b>makan siang</b> besok?</p>",
  "--x--",
].join("\r\n");

test("a delivery report is a sentence, with the message that came back beside it", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const { id } = await google.deliverRfc822(person.email, bounce);
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(
    page.getByText("Could not be delivered to sari@example.com: mailbox full, 5.2.2."),
  ).toBeVisible();
  await expect(page.getByText("The other server said: “552 5.2.2 Over quota”")).toBeVisible();
  const enclosed = page.getByRole("region", { name: "Message in this message" });
  await expect(enclosed.getByText("Makan siang")).toBeVisible();
  await expect(
    page.getByTitle("Text of “Makan siang”").contentFrame().getByText("makan siang"),
  ).toBeVisible();
  const other = await page.request.get(`/mail/${accountId}/message/${id}/body?part=0`);
  expect(other.status()).toBe(404);
});

test("a message in an S/MIME signature is read, and its files are saved", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const inner = [
    'Content-Type: multipart/mixed; boundary="y"',
    "",
    "--y",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Akta sudah ditandatangani.",
    "--y",
    'Content-Type: application/pdf; name="akta.pdf"',
    "Content-Disposition: attachment",
    "Content-Transfer-Encoding: base64",
    "",
    base64(Buffer.from("%PDF-1.4 akta")),
    "--y--",
  ].join("\r\n");
  const { id } = await google.deliverRfc822(
    person.email,
    [
      "From: Notaris <notaris@example.org>",
      "Subject: Akta",
      'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
      "Content-Transfer-Encoding: base64",
      "",
      base64(signedData(inner)),
    ].join("\r\n"),
  );
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(page.getByText("Akta sudah ditandatangani.")).toBeVisible();
  await expect(
    page.getByText("This message is signed with S/MIME. The signature was not checked."),
  ).toBeVisible();
  const file = await page.request.get(`/mail/${accountId}/message/${id}/attachment/root~0.1`);
  expect(await file.text()).toBe("%PDF-1.4 akta");
});

test("Outlook's winmail.dat gives its text and its files", async ({ page, newPerson, google, newReader }) => {
  const person = await newPerson();
  const dat = tnef({
    properties: [[0x001f, 0x1000, wide("Isi dari Outlook.")]],
    files: [{ title: "laporan.txt", bytes: Buffer.from("isi laporan") }],
  });
  const { id } = await google.deliverRfc822(
    person.email,
    [
      "From: Outlook <o@example.org>",
      "Subject: Laporan",
      'Content-Type: application/ms-tnef; name="winmail.dat"',
      'Content-Disposition: attachment; filename="winmail.dat"',
      "Content-Transfer-Encoding: base64",
      "",
      base64(dat),
    ].join("\r\n"),
  );
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(page.getByText("Isi dari Outlook.")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Attachments" }).getByText("laporan.txt").first(),
  ).toBeVisible();
  const file = await page.request.get(`/mail/${accountId}/message/${id}/attachment/root~0.1`);
  expect(await file.text()).toBe("isi laporan");
});

test("the rest of a long text follows in its place", async ({ page, newPerson, google, newReader }) => {
  const person = await newPerson();
  const text = Array.from({ length: 60_000 }, (_, at) => `Baris nomor ${at}.`).join("\n");
  const { id } = await google.deliver(person.email, { subject: "Panjang", text });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await page.getByRole("link", { name: "Show all", exact: true }).click();
  const rest = page.getByTitle("The whole text").contentFrame();
  await expect(rest.getByText("Baris nomor 59999.")).toBeAttached();
  await expect(rest.getByText("Baris nomor 0.", { exact: true })).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the rest of a long text is there once it is asked for", async ({
    page,
    newPerson,
    google,
    newReader,
  }) => {
    const person = await newPerson();
    const text = Array.from({ length: 60_000 }, (_, at) => `Baris nomor ${at}.`).join("\n");
    const { id } = await google.deliver(person.email, { subject: "Panjang", text });
    const { accountId } = await newReader({ person });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`/mail/${accountId}/message/${id}`);
    await expect(page.getByText("Baris nomor 0.")).toBeVisible();
    expect(asked.filter((path) => path.endsWith("/text/rest"))).toEqual([]);
    await page.getByRole("link", { name: "Show all", exact: true }).click();
    await expect(page.getByText("Baris nomor 0.")).toBeAttached();
    await expect(page.getByText("Baris nomor 59999.")).toBeAttached();
  });
});
