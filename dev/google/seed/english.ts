import { englishConversations } from "./english-conversations.ts";
import { type Corpus, file, pdf } from "./topic.ts";

export const english: Corpus = {
  contacts: [
    "Marta Oliveira <marta.oliveira@atelier.example>",
    "Lena Fischer <lena.fischer@uni-nord.example>",
    "Tom Okafor <tom@okafor.example>",
    "Priya Raman <priya.raman@example.org>",
    "Jonas Lindqvist <jonas.lindqvist@example.org>",
    "Aoife Brennan <aoife@harbourpress.example>",
    "Samuel Adeyemi <s.adeyemi@example.org>",
    "Grace Chen <grace.chen@northfield.example>",
    "Mateo Álvarez <mateo@alvarez.example>",
    "Hanna Nowak <hanna.nowak@example.org>",
  ],
  greetings: ["Hi {me},", "Hello {me},", "{me},", "Dear {me},"],
  closings: ["Best,\n{sender}", "Thanks,\n{sender}", "See you,\n{sender}", "Warmly,\n{sender}", "— {sender}"],
  slots: {
    day: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    month: ["January", "March", "May", "June", "September", "October"],
    time: ["09:30", "10:00", "11:15", "14:00", "15:45"],
    place: ["the small meeting room", "the library", "room 2.14", "the café on the corner", "the workshop"],
    amount: ["€ 48.20", "€ 112.00", "€ 7.99", "€ 1,240.00", "€ 63.75"],
    n: ["2", "3", "4", "6", "7", "12"],
    code: ["QX7T2M", "LK04PB", "R8ZC1D", "MN55TA"],
    number: ["2031", "2047", "2068", "2102", "2119", "2154"],
    project: ["harbour", "orchard", "archive", "lighthouse", "seed library", "footbridge"],
  },
  topics: [
    ...englishConversations,
    {
      kind: "album",
      subject: "Pictures of the finished {project}",
      body: ["It is done. Here is how it looks from the path and from the water."],
      replies: ["This makes my week. Thank you for sending it."],
    },
    {
      kind: "invitation",
      subject: "Invitation: Quarterly review",
      body: ["You have been invited to a meeting in {place}, {day} at {time}."],
    },
    {
      kind: "invitation",
      subject: "Invitation: {project} planning",
      body: ["Planning for the next steps. {day}, {time}, {place}. Please accept or decline."],
    },
    {
      kind: "newsletter",
      from: "The Reading Room <letters@readingroom.example>",
      subject: "Seven essays for a slow Sunday",
      body: [
        "A lighthouse keeper’s diary, found in a biscuit tin and transcribed by three sisters.",
        "The economics of seed libraries: what happens when nobody is asked to pay.",
        "Why maps lie, and why we are better off with maps that do.",
      ],
    },
    {
      kind: "newsletter",
      from: "Slow Kitchen <hello@slowkitchen.example>",
      subject: "What to cook in {month}",
      body: [
        "Braised leeks with a mustard crust: twenty minutes of work, an hour of patience.",
        "A reader asks whether stock cubes are cheating. Our answer may surprise you.",
      ],
    },
    {
      kind: "newsletter",
      from: "Night Trains <news@nighttrains.example>",
      subject: "{n} new sleeper routes this winter",
      body: [
        "Two of them cross borders that had no night train for thirty years.",
        "How to sleep on a top bunk: advice from a conductor with forty years on the line.",
      ],
    },
    {
      kind: "notification",
      from: "GitHub <notifications@github.example>",
      subject: "[latchkey] Refresh is single-flight across processes (#{number})",
      body: [
        "Merged {n} commits into main from refresh-lock.",
        "The write is now conditional on the version that was read, so a slow refresher can no longer overwrite a reconnect.",
      ],
    },
    {
      kind: "notification",
      from: "GitHub <notifications@github.example>",
      subject: "[latchkey] Page through history when an id is too old (#{number})",
      body: ["hanna-nowak requested your review on this pull request.", "{n} files changed."],
    },
    {
      kind: "notification",
      from: "Security <no-reply@accounts.example>",
      subject: "New sign-in to Latchkey",
      body: ["A new sign-in from Chromium on Linux at {time}. If this was you, there is nothing to do."],
    },
    {
      kind: "notification",
      from: "Parcel Service <tracking@parcels.example>",
      subject: "Your parcel {code} arrives on {day}",
      body: [
        "The driver will be with you between {time} and 18:00. You can still choose a neighbour or a pick-up point.",
      ],
    },
    {
      kind: "notification",
      from: "no-reply@airline.example",
      subject: "Your booking is confirmed: CGK → CNX, 12 Dec",
      body: [
        "Booking reference {code}. Online check-in opens 48 hours before departure.",
        "One bag of 23 kg is included.",
      ],
      files: [file("itinerary.pdf", pdf)],
    },
    {
      kind: "bill",
      from: "Northern Electric <billing@northern-electric.example>",
      subject: "Your electricity bill for {month}",
      body: ["Your bill of {amount} is due in 14 days. The details are in the attached document."],
      label: "Invoices",
      files: [file("bill.pdf", pdf)],
    },
    {
      kind: "bill",
      from: "Harbour Press <accounts@harbourpress.example>",
      subject: "Invoice {number}",
      body: ["Please find attached invoice {number} over {amount}. Payment within 30 days."],
      label: "Invoices",
      files: [file("invoice.pdf", pdf)],
    },
    {
      kind: "spam",
      from: "Prize Office <winner@lucky-prize.example>",
      subject: "You have been selected!!",
      body: ["Your address has won {amount}. Click here within 24 hours to claim it."],
    },
  ],
};
