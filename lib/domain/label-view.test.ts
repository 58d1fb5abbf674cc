import { describe, expect, it, test } from "vitest";
import { isSystemView, labelViewOf, slugOfLabel } from "./label-view.ts";
import type { LabelId } from "./mail.ts";

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
    const view = labelViewOf(slug);
    expect(view).toEqual({ slug, labelId, includeSpamTrash });
    expect(slugOfLabel(labelId as LabelId)).toBe(slug);
    expect(view && isSystemView(view)).toBe(true);
  });

  it("all is every message but spam and bin", () => {
    expect(labelViewOf("all")).toEqual({ slug: "all", labelId: null, includeSpamTrash: false });
  });
});

test.each(["Label_12", "CATEGORY_UPDATES", "Label-3", "x".repeat(100)])(
  "%s names a label of its own",
  (slug) => {
    const view = labelViewOf(slug);
    expect(view).toEqual({ slug, labelId: slug, includeSpamTrash: false });
    expect(view && isSystemView(view)).toBe(false);
    expect(slugOfLabel(slug as LabelId)).toBe(slug);
  },
);

test.each(["", "a b", "a/b", "../inbox", "Label%2012", "été", "x".repeat(101), "a\nb", "a?b"])(
  "%j can name no label",
  (slug) => expect(labelViewOf(slug)).toBeNull(),
);

test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
  "%s is a label like any other, and none of Gmail's own lists",
  (slug) => {
    const view = labelViewOf(slug);
    expect(view).toEqual({ slug, labelId: slug, includeSpamTrash: false });
    expect(view && isSystemView(view)).toBe(false);
  },
);
