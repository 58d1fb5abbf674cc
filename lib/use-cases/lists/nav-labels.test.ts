import { expect, test } from "vitest";
import type { Label, LabelCounts, LabelId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { countedLabels } from "../copy/labels-of-copy.ts";
import { chipNames, navLabels } from "./nav-labels.ts";

const label = (id: string, name = id, rest: Partial<Label> = {}): Label => ({
  id: id as LabelId,
  name,
  type: id.startsWith("Label_") ? "user" : "system",
  color: null,
  hiddenInList: false,
  ...rest,
});

const labels = [
  label("INBOX"),
  label("DRAFT"),
  label("SPAM"),
  label("CATEGORY_SOCIAL"),
  label("Label_2", "Zürich", { color: { background: "#16a765", text: "#ffffff" } }),
  label("Label_1", "Amt/Steuer"),
  label("Label_3", "Hidden", { hiddenInList: true }),
];
const counts = new Map<LabelId, LabelCounts>([
  ["INBOX" as LabelId, { messagesTotal: 1_200, messagesUnread: 7 }],
  ["DRAFT" as LabelId, { messagesTotal: 3, messagesUnread: 0 }],
  ["Label_1" as LabelId, { messagesTotal: 9, messagesUnread: 2 }],
]);

test("the rail shows Gmail's own lists in their order, then the person's labels by name", () => {
  const { system, own } = navLabels(labels, counts, "en");
  expect(system.map(({ slug }) => slug)).toEqual([
    "inbox",
    "starred",
    "all",
    "sent",
    "drafts",
    "spam",
    "bin",
  ]);
  expect(own).toEqual([
    { slug: "Label_1", name: "Amt/Steuer", count: 2, color: null },
    { slug: "Label_2", name: "Zürich", count: null, color: "#16a765" },
  ]);
});

test("unread messages are counted, of drafts all, and what is not known has no number", () => {
  const { system } = navLabels(labels, counts, "en");
  const countOf = Object.fromEntries(system.map(({ slug, count }) => [slug, count]));
  expect(countOf).toMatchObject({ inbox: 7, drafts: 3, spam: null, all: null });
});

test("only what the rail shows is counted: each count costs a unit", () => {
  expect(countedLabels(labels)).toEqual(["INBOX", "DRAFT", "Label_2", "Label_1"]);
});

test("a row shows the person's own visible labels, but not the one whose list it stands in", () => {
  expect([...chipNames(labels, mailListOf("Label_1"))]).toEqual([["Label_2", "Zürich"]]);
  expect([...chipNames(labels, mailListOf("inbox")).values()]).toEqual(["Zürich", "Amt/Steuer"]);
});
