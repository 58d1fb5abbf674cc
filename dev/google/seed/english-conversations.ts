import { docx, file, pdf, type Topic, xlsx } from "./topic.ts";

/** What people write to each other, and answer. */
export const englishConversations: Topic[] = [
  {
    kind: "conversation",
    subject: "Photos from the ridge",
    body: [
      "I finally went through the photos from the ridge. There are {n} I like and one I would print.",
      "Tell me which ones you want at full size and I will upload them tonight.",
    ],
    replies: [
      "The third one is the one I would print. Could you send the full size when you are back?",
      "Uploaded. The light in the second one is better than I remembered.",
      "Printed it at A3. It holds up.",
    ],
  },
  {
    kind: "conversation",
    subject: "Draft of the grant report",
    body: [
      "Here is the draft. I kept section {n} short on purpose; the numbers are in the annex.",
      "Comments welcome until {day}. After that it goes to the finance office and we can only fix typos.",
    ],
    replies: [
      "Read it on the train. The summary is strong; the risk table needs one more line about staffing.",
      "Good point. I added it and moved the budget note to the end.",
      "Then it is ready from my side. Thank you for carrying this.",
    ],
    label: "Work/Reviews",
    files: [file("grant-report-draft.docx", docx), file("annex-budget.xlsx", xlsx)],
  },
  {
    kind: "conversation",
    subject: "The {project} meeting moves to {day}",
    body: [
      "The room is only free on {day} at {time}, so we meet in {place} instead.",
      "Please bring the quarterly figures and the list of open questions.",
    ],
    replies: [
      "Works for me. I will be ten minutes late; start without me.",
      "I cannot make it. Could someone take notes?",
      "I will take notes and send them round afterwards.",
    ],
  },
  {
    kind: "conversation",
    subject: "Review: the {project} proposal",
    body: [
      "I have read the proposal twice. The argument is clear, the timeline is not.",
      "Could you split phase two? As it stands nobody can tell what happens between {month} and the end of the year.",
    ],
    replies: [
      "Split it into three steps, each with a date and a name.",
      "Much better. One question left: who pays for the survey?",
      "We do, out of the reserve. I wrote it down on page {n}.",
    ],
    label: "Work/Reviews",
    files: [file("proposal-v3.pdf", pdf)],
  },
  {
    kind: "conversation",
    subject: "Dinner on {day}?",
    body: ["We are cooking on {day} and there is far too much of everything. Come at seven, bring nothing."],
    replies: ["With pleasure. Nothing it is, then, or perhaps bread.", "Bread is always allowed."],
  },
  {
    kind: "conversation",
    subject: "Keys to the allotment",
    body: [
      "I left the spare key with the neighbour at number {n}. The water is off until {month}; the tap by the shed still works.",
      "If you see the hedgehog, it lives under the pallets. Please do not move them.",
    ],
    replies: ["Found the key. The hedgehog is well.", "Good to hear. I will be back on {day}."],
  },
  {
    kind: "conversation",
    subject: "Question about the {project} data",
    body: [
      "The export from {month} has {n} rows where the date comes before the start of the project. Typing errors, or something we should keep?",
      "I attached them with the surrounding rows so you can see the context.",
    ],
    replies: [
      "Typing errors: the year is off by one. I corrected them at the source.",
      "Thanks. I reran everything and the totals match now.",
    ],
    files: [file("rows-to-check.csv", "text/csv")],
  },
  {
    kind: "conversation",
    subject: "Handover notes",
    body: [
      "Before I leave for {n} weeks: everything urgent is in the shared folder, sorted by date.",
      "The supplier calls on {day}s. Be friendly and promise nothing.",
      "The printer needs to be told twice.",
    ],
    replies: ["Read and understood, including the printer. Enjoy your time off."],
  },
];
