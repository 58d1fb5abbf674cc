import { describe, expect, it } from "vitest";
import { answer } from "../fixtures/answer.ts";
import { conversationOf } from "../mime/conversation.ts";
import { finishHtml } from "./finish-html.ts";
import { sanitize } from "./sanitize.ts";

const about = (subject: string, ...more: string[]) =>
  conversationOf([
    { name: "Subject", value: subject },
    ...more.map((name) => ({ name, value: "<first@example.org>" })),
  ]);
/** Without the mail's own names, which are no matter of quotes. */
const fold = (html: string, conversation = answer) =>
  finishHtml(sanitize(html).html, conversation).html.replace(/ (?:class|id)="m-[^"]*"/gu, "");
const closed = '<details class="quoted"><summary>Quoted text</summary>';
const open = '<details open class="quoted"><summary>Quoted text</summary>';

const gmail = (inside: string) => `<div class="gmail_quote gmail_quote_container">${inside}</div>`;
const said = '<div dir="ltr" class="gmail_attr">On Mon, Sari &lt;s@example.org&gt; wrote:<br></div>';
const cited = (text: string) => `<blockquote class="gmail_quote" style="margin:0">${text}</blockquote>`;
const rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in";
const headerBlock = (subject: string, labels = ["From", "Sent", "To", "Subject"]) =>
  `<p class="MsoNormal"><b>${labels[0]}:</b> Sari &lt;s@example.org&gt;<br><b>${labels[1]}:</b> Monday, 1 June 2026<br>` +
  `<b>${labels[2]}:</b> Budi<br><b>${labels[3]}:</b> ${subject}<o:p></o:p></p>`;
const outlook = (own: string, subject: string, body: string, labels?: string[]) =>
  `<div class="WordSection1"><p>${own}</p><div><div style='${rule}'>${headerBlock(subject, labels)}</div></div><p>&nbsp;</p>${body}</div>`;

describe("quotes in HTML", () => {
  it("at the end are folded: Gmail, Thunderbird and Apple Mail", () => {
    expect(fold(`<p>Yes</p>${gmail(said + cited("Q"))}`)).toMatch(
      /^<p>Yes<\/p><details class="quoted">.*wrote:.*Q<\/blockquote><\/div><\/details>$/u,
    );
    expect(fold('<p>Yes</p><blockquote type="cite">Q</blockquote>')).toBe(
      `<p>Yes</p>${closed}<blockquote type="cite">Q</blockquote></details>`,
    );
    const prefix = '<div class="moz-cite-prefix">On Monday Sari wrote:<br></div>';
    expect(fold(`<p>Yes</p>${prefix}<blockquote type="cite">Q</blockquote>`)).toBe(
      `<p>Yes</p>${closed}<div>On Monday Sari wrote:<br /></div><blockquote type="cite">Q</blockquote></details>`,
    );
  });

  it("are none where there is nothing to see in them", () => {
    for (const nothing of ['<blockquote type="cite"></blockquote>', gmail(" <br>"), cited("&nbsp;")]) {
      expect(fold(`<p>Yes</p>${nothing}`), nothing).not.toContain("<details");
      const html = fold(`<p>Yes</p>${said}${nothing}${cited("Q")}`);
      expect(html, nothing).toMatch(
        /^<p>Yes<\/p><details class="quoted">.*wrote:.*Q<\/blockquote><\/details>$/u,
      );
      expect(html.split("<details"), nothing).toHaveLength(2);
    }
  });

  it("that run on are folded to the end of what holds them: Outlook", () => {
    expect(fold('<div>Yes, at ten.<div id="x_divRplyFwdMsg">From</div><div>Q</div></div><p></p>')).toBe(
      `<div>Yes, at ten.${closed}<div>From</div><div>Q</div></details></div><p></p>`,
    );
    expect(fold(outlook("Yes, at ten.", "Meeting", "<p>Q</p>"))).toMatch(
      /^<div><p>Yes, at ten\.<\/p><details class="quoted">.*<p>Q<\/p><\/details><\/div>$/u,
    );
  });

  it.each([
    [["Von", "Gesendet", "An", "Betreff"]],
    [["De", "Envoyé", "À", "Objet"]],
    [["Dari", "Dikirim", "Kepada", "Perihal"]],
    [["จาก", "ส่งเมื่อ", "ถึง", "เรื่อง"]],
    [["差出人", "送信日時", "宛先", "件名"]],
    [["Da", "Inviato", "A", "Oggetto"]],
    [["From", "Sent", "To", "Subject"]],
  ])("below a header block of %s are folded on the conversation's subject, and open on another", (labels) => {
    expect(fold(outlook("Yes, at ten.", "RE: Meeting", "<p>Q</p>", labels))).toContain(closed);
    expect(fold(outlook("Look at this one.", "Another thing", "<p>Q</p>", labels))).not.toContain(closed);
  });

  it("with answers between them stay open, in Gmail's box and outside", () => {
    for (const html of [
      gmail(`${said}${cited("Q1")}<div>A1</div>${cited("Q2")}<div>A2</div>`),
      gmail(`${said}${cited("Q1")}<div>A1</div>${cited("Q2")}`),
      gmail(`${said}${cited("Q1")}<div><br></div><div><img src="cid:a"></div>`),
      '<blockquote type="cite">Q1</blockquote>A1<blockquote type="cite">Q2</blockquote>',
      '<div class="moz-cite-prefix">On Monday Sari wrote:</div><blockquote type="cite">Q1</blockquote><p>A1</p>',
      `<div class="gmail_extra">${gmail(said + cited("Q"))}A below</div>`,
    ]) {
      expect(fold(`<p>See my answers.</p>${html}`), html).not.toContain(closed);
    }
  });

  it("stay open when they are all there is, with or without the line that introduces them", () => {
    expect(fold(gmail("Q"))).toMatch(/^<details open/u);
    expect(fold(gmail(said + cited("Q")))).not.toContain(closed);
    expect(
      fold('<p>On Mon, 1 Jun 2026, Sari wrote:</p><blockquote type="cite">Q</blockquote>'),
    ).not.toContain(closed);
    expect(fold(outlook("", "Meeting", "<p>Q</p><p>And the answer below.</p>"))).not.toContain(closed);
  });

  it("that were passed on stay open, whoever's words say so", () => {
    const dashes = (words: string) =>
      `FYI${gmail(`<div class="gmail_attr">---------- ${words} ---------<br>From: S</div>Q`)}`;
    const subjects = [
      "Fwd: Meeting",
      "FW: RE: Meeting",
      "WG: Meeting",
      "TR: Meeting",
      "RV: Meeting",
      "转发：Meeting",
    ];
    for (const subject of subjects) {
      const html = outlook("For your information, colleagues.", "Meeting", "<p>Q</p>");
      expect(fold(html, about(subject, "In-Reply-To", "References")), subject).not.toContain(closed);
    }
    for (const words of ["Forwarded message", "Pesan terusan", "ข้อความที่ส่งต่อ", "Переадресованное сообщение"])
      expect(fold(dashes(words)), words).not.toContain(closed);
    const apple = `<p>FYI</p><blockquote type="cite"><div>Begin forwarded message:</div>${headerBlock("Meeting")}<p>Q</p></blockquote>`;
    expect(fold(apple)).not.toContain(closed);
    expect(fold(apple.replace("Begin forwarded message:", "Wiadomość przekazana"))).not.toContain(closed);
    const container = '<div class="moz-forward-container">-------- Forwarded Message --------<p>Q</p></div>';
    expect(fold(`<p>FYI</p>${container}`)).not.toContain(closed);
  });

  it("of a first message stay open: there is no earlier one", () => {
    for (const html of [
      `<p>My grandmother's letter:</p>${cited("Dear child")}`,
      '<p>The poem:</p><blockquote type="cite">Line one</blockquote>',
      outlook("This came to me.", "Meeting", "<p>Q</p>"),
    ]) {
      expect(fold(html, about("Meeting")), html).not.toContain(closed);
      expect(
        fold(html.replaceAll("This came to me.", "Yes, at ten."), about("Meeting", "In-Reply-To")),
        html,
      ).toContain(closed);
    }
  });

  it("that their author has written into stay open: Outlook", () => {
    const typed = '<div class="elementToProof">At ten.</div>';
    const box = (inside: string) =>
      `<p>Yes.</p><div id="divRplyFwdMsg">${headerBlock("Meeting")}</div>${inside}`;
    expect(fold(box(`<div>When?</div>${typed}`))).not.toContain(closed);
    expect(fold(box('<div>When?</div><div class="x_elementToProof">Theirs</div>'))).toContain(closed);
    expect(fold(box("<blockquote>When?</blockquote><p>At ten.</p>"))).not.toContain(closed);
    const byMaria = conversationOf([
      { name: "Subject", value: "RE: Meeting" },
      { name: "From", value: "Maria Goretti <m@example.org>" },
    ]);
    expect(
      fold(outlook("Thank you.", "Meeting", "<p>When?</p><p>At ten.</p><p>Maria</p>"), byMaria),
    ).not.toContain(closed);
    expect(fold(outlook("Thank you.", "Meeting", "<p>When?</p><p>Sari</p>"), byMaria)).toContain(closed);
    for (const own of [
      "Jawaban saya di bawah.",
      "My answers are in red.",
      "See inline, please",
      "Dear Sari,",
    ])
      expect(fold(outlook(own, "Meeting", "<p>When? At ten.</p>")), own).not.toContain(closed);
  });

  it("leave other markup alone, and no marker behind", () => {
    const html = "<p>a &lt;details&gt; <b>b</b></p><blockquote>literature</blockquote>";
    expect(fold(html)).toBe(html);
    expect(fold('<p data-quote="cite">x</p>')).toBe("<p>x</p>");
    expect(fold(`${gmail(said + cited("Q"))}x`)).not.toContain("data-quote");
    expect(fold(`<blockquote type="cite">Q1</blockquote>A1<blockquote type="cite">Q2</blockquote>`)).toBe(
      `${open}<blockquote type="cite">Q1</blockquote></details>A1${open}<blockquote type="cite">Q2</blockquote></details>`,
    );
  });
});
