import { describe, expect, it, test } from "vitest";
import { labelIdOf } from "./ids.ts";
import { allMail, isGmailsOwn, listOfLabel, mailListOf, queryOf } from "./mail-list.ts";

describe("Gmail's own lists have words of their own", () => {
  it.each([
    ["inbox", "INBOX", false],
    ["starred", "STARRED", false],
    ["important", "IMPORTANT", false],
    ["unread", "UNREAD", false],
    ["sent", "SENT", false],
    ["drafts", "DRAFT", false],
    ["spam", "SPAM", true],
    ["bin", "TRASH", true],
  ])("%s is %s", (slug, labelId, includeSpamTrash) => {
    const list = mailListOf(slug);
    expect(list).toEqual({ slug, id: labelId, includeSpamTrash });
    expect(listOfLabel(labelIdOf(labelId))).toEqual(list);
    expect(list && isGmailsOwn(list)).toBe(true);
    expect(list && queryOf(list)).toEqual({ labelIds: [labelId], includeSpamTrash });
  });

  it("all is every message but spam and bin", () => {
    const list = mailListOf("all");
    expect(list).toEqual({ slug: "all", id: allMail, includeSpamTrash: false });
    expect(list && isGmailsOwn(list)).toBe(true);
    expect(list && queryOf(list)).toEqual({ includeSpamTrash: false });
  });
});

test.each(["Label_12", "CATEGORY_UPDATES", "Label-3", "x".repeat(100)])(
  "%s names a label of its own",
  (slug) => {
    const list = mailListOf(slug);
    expect(list).toEqual({ slug, id: slug, includeSpamTrash: false });
    expect(list && isGmailsOwn(list)).toBe(false);
    expect(listOfLabel(labelIdOf(slug))).toEqual(list);
  },
);

test.each(["", "a b", "a/b", "../inbox", "Label%2012", "été", "x".repeat(101), "a\nb", "a?b", "*"])(
  "%j can name no label",
  (slug) => expect(mailListOf(slug)).toBeNull(),
);

test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
  "%s is a label like any other, and none of Gmail's own lists",
  (slug) => {
    const list = mailListOf(slug);
    expect(list).toEqual({ slug, id: slug, includeSpamTrash: false });
    expect(list && isGmailsOwn(list)).toBe(false);
  },
);
