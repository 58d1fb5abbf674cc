import { randomFrom, seedOf } from "../random.ts";
import type { Topic } from "./topic.ts";
import type { Writer } from "./writer.ts";

const category: Record<Topic["kind"], string> = {
  conversation: "CATEGORY_PERSONAL",
  album: "CATEGORY_PERSONAL",
  invitation: "CATEGORY_PERSONAL",
  bill: "CATEGORY_UPDATES",
  notification: "CATEGORY_UPDATES",
  newsletter: "CATEGORY_PROMOTIONS",
  spam: "CATEGORY_PROMOTIONS",
};

/** The labels of a seeded message; user labels by name. */
export function labelsOf(index: number, count: number, writer: Writer): string[] {
  const topic = writer.topicOfThread(index);
  const random = randomFrom(seedOf(writer.root, "labels", index));
  const [fate, unread, starred, important] = [random(), random(), random(), random()];
  const own = topic.label && writer.knowsLabel(topic.label) ? [topic.label] : [];
  if (topic.kind === "spam") return ["SPAM", ...(unread < 0.9 ? ["UNREAD"] : [])];
  if (writer.isDraft(index)) return ["DRAFT"];
  if (writer.isMine(index)) return ["SENT", ...own];
  if (fate < 0.02 && !writer.isNewest(index)) return ["TRASH"];
  const fromEnd = count - index;
  return [
    ...(fate < 0.2 && fromEnd > 60 ? [] : ["INBOX"]),
    ...(unread < (fromEnd < 40 ? 0.4 : 0.04) ? ["UNREAD"] : []),
    ...(starred < 0.03 ? ["STARRED"] : []),
    ...(important < (topic.kind === "conversation" ? 0.3 : 0.05) ? ["IMPORTANT"] : []),
    category[topic.kind],
    ...own,
  ];
}
