import { describe, expect, it } from "vitest";
import { trackerOf } from "./tracker-of.ts";

const picture = (url: string, size: { width?: string; height?: string; style?: string } = {}) =>
  trackerOf({ url, width: size.width, height: size.height, style: size.style ?? "" });

describe("a tracker is known", () => {
  it.each([
    ["Mailchimp", "https://example.us7.list-manage.com/track/open.php?u=1&id=2&e=3"],
    ["Mailchimp", "https://mandrillapp.com/track/open.php?u=1"],
    ["HubSpot", "https://track.hubspot.com/__ptq.gif?k=1"],
    ["HubSpot", "https://d2v8.eu1.hubspotlinks.com/Cto/abc"],
    ["SendGrid", "https://u123.ct.sendgrid.net/wf/open?upn=abc"],
    ["Amazon SES", "https://x.r.us-east-1.awstrack.me/I0/0100018f/abc=1"],
    ["Mailtrack", "https://mailtrack.io/trace/mail/0eab.png?u=1"],
    ["GitHub", "https://github.com/notifications/beacon/AAAA.gif"],
    ["Google", "https://www.google-analytics.com/collect?v=1"],
    ["Substack", "https://eotrx.substackcdn.com.substack.com/o/x"],
  ])("by its service's own address: %s", (service, url) => {
    expect(picture(url)).toEqual({ service });
  });

  it.each([
    ["SendGrid", "https://links.shop.example/wf/open?upn=abc"],
    ["Mailgun", `https://email.shop.example/o/eJ${"a".repeat(40)}`],
    ["SendGrid", "https://ablink.mail.shop.example/ss/o/abc.def/4ab/xyz/ho.gif"],
    ["Salesforce", "https://click.shop.example/open.aspx?ffcb10-fe"],
  ])("by the path under its customer's name: %s", (service, url) => {
    expect(picture(url, { width: "1", height: "1" })).toEqual({ service });
    expect(picture(url)).toEqual({ service });
  });

  it.each([
    ["one pixel", { width: "1", height: "1" }],
    ["one pixel, written otherwise", { width: " 1px ", height: "1.0" }],
    ["nothing", { width: "0", height: "0" }],
    ["one pixel by its style", { style: "width:1px;height:1px" }],
    ["hidden", { style: "display:none" }],
    ["hidden otherwise", { style: "visibility:hidden" }],
    ["seen through", { style: "opacity:0" }],
    ["one side", { height: "1" }],
  ])("by what it shows, without a name: %s", (_, size) => {
    expect(picture("https://shop.example/a.png", size)).toEqual({ service: null });
  });

  it.each([
    "https://shop.example/email/open?id=1",
    "https://shop.example/img/pixel.gif?u=1",
    "https://shop.example/beacon?m=1",
    "https://shop.example/track/opened/1",
  ])("by what its path says: %s", (url) => {
    expect(picture(url)).toEqual({ service: null });
  });
});

describe("a picture that is there to be seen is none", () => {
  it.each([
    ["https://shop.example/logo.png", {}],
    ["https://mcusercontent.com/abc/images/hero.jpg", { width: "600" }],
    ["https://gallery.mailchimp.com/abc/hero.jpg", {}],
    ["https://shop.example/mail/pixel-art/hero.png", { width: "600", height: "300" }],
    ["https://shop.example/open.png", { width: "120", height: "40" }],
    ["https://shop.example/line.png", { width: "600", height: "1" }],
    ["https://shop.example/hero-mobile.png", { width: "320", style: "display:none" }],
    ["https://links.shop.example/wf/opening-hours.png", { width: "200" }],
    ["https://github.com/user-attachments/assets/a.png", {}],
    ["https://notlist-manage.com/track/opening.png", { width: "100" }],
    ["//shop.example/logo.png", {}],
    ["no address at all", { width: "50" }],
  ])("%s", (url, size) => {
    expect(picture(url, size)).toBeNull();
  });
});
