import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PictureServer, startPictureServer } from "#dev/testbed/picture-server.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { MessageId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { imageAddresses } from "./image-addresses.ts";
import { chooseFor, imagesShown, senderChoices, showOnce, stopShowingFrom } from "./images-shown.ts";
import { readMessage } from "./read-message.ts";
import { readMessageFrame } from "./read-message-frame.ts";
import { readRemoteImage } from "./read-remote-image.ts";

let testbed: Testbed;
let pictures: PictureServer;
beforeAll(async () => {
  pictures = await startPictureServer();
  testbed = await startTestbed({ env: { EGRESS_DRILL_PORT: String(pictures.port) } });
});
afterAll(async () => {
  await testbed.close();
  await pictures.close();
});

const never = () => new AbortController().signal;
const notFound = { ok: false, trouble: "not-found" };
const vouched = "Authentication-Results: mx.google.com; dkim=pass header.i=@shop.example header.s=s1\r\n";

async function deliver({ identity }: Connected, html: string, headers = vouched): Promise<MessageId> {
  const source = `${headers}From: Shop <news@shop.example>\r\nSubject: Sale\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${html}`;
  return (await testbed.google.deliverRfc822(identity.email, source)).id as MessageId;
}

async function read({ accountId }: Connected, id: MessageId): Promise<ReadableMessage> {
  const outcome = await readMessage(accountId, id);
  if (!outcome.ok) throw new Error("not read");
  return outcome.content;
}

/** The last parts of our own addresses for the pictures of a message. */
async function signedFor(account: Connected, id: MessageId, nowMs = Date.now()): Promise<string[]> {
  const { remoteContent } = await read(account, id);
  const addresses = imageAddresses(account.accountId, id, remoteContent, nowMs);
  return [...addresses.values()].map((path) => decodeURIComponent(path.split("/").at(-1) ?? ""));
}

const picture = (folder: string, name = "hero.png") =>
  `<img src="${pictures.url}/${folder}/${name}" width="600">`;

describe("a picture from elsewhere", () => {
  it("comes through this server, as what its bytes are, and its own server learns nothing of the reader", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, picture("honest"));
    const [signed = ""] = await signedFor(account, id);
    expect(await readRemoteImage(account.accountId, id, signed, never())).toMatchObject({
      ok: true,
      content: { ok: true, type: "image/png" },
    });
    const [asked] = pictures.asked("honest");
    expect(Object.keys(asked?.headers ?? {}).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
  });

  it.each([
    ["markup.png", "no-picture"],
    ["drawing.png", "no-picture"],
    ["inside.png", "forbidden"],
    ["endless.png", "too-large"],
    ["gone.png", "status"],
  ])("that is none is refused, and said why: %s", async (name, problem) => {
    const account = await connected(testbed.google);
    const id = await deliver(account, picture("dishonest", name));
    const [signed = ""] = await signedFor(account, id);
    expect(await readRemoteImage(account.accountId, id, signed, never())).toEqual({
      ok: true,
      content: { ok: false, problem },
    });
  });

  it("is none at an address for another message, another account, another picture, or that is over", async () => {
    const [account, other] = [await connected(testbed.google), await connected(testbed.google)];
    const html = picture("signed") + picture("signed", "hero.png?second");
    const [id, second] = [await deliver(account, html), await deliver(account, html)];
    const foreign = await deliver(other, html);
    const [signed = "", next = ""] = await signedFor(account, id);
    const image = (address: string, message = id) =>
      readRemoteImage(account.accountId, message, address, never());
    const [old = ""] = await signedFor(account, id, Date.now() - 3 * 3_600_000);
    const swapped = signed.replace(/^0/u, "1");
    const [, , ...end] = next.split(".");
    const pasted = [...signed.split(".").slice(0, 2), ...end].join(".");
    for (const address of ["", "x", "0", old, swapped, pasted, `${signed}A`, signed.slice(0, -1)]) {
      expect(await image(address), address).toEqual(notFound);
    }
    expect(await image(signed, second)).toEqual(notFound);
    expect(await readRemoteImage(other.accountId, foreign, signed, never())).toEqual(notFound);
    expect(await readRemoteImage(other.accountId, id, signed, never())).toEqual(notFound);
    expect(pictures.asked("signed")).toEqual([]);
    expect(await image(signed)).toMatchObject({ content: { ok: true } });
  });

  it("that is a tracker has no address, and none is honoured", async () => {
    const account = await connected(testbed.google);
    const tracker = `<img src="${pictures.url}/tracked/wf/open?u=1" width="1" height="1">`;
    const id = await deliver(account, tracker + picture("tracked"));
    expect(await signedFor(account, id)).toHaveLength(1);
    const asIfNone = { pictures: [{ address: `${pictures.url}/tracked/wf/open?u=1`, tracker: null }] };
    const [path = ""] = imageAddresses(account.accountId, id, asIfNone, Date.now()).values();
    const signed = path.split("/").at(-1) ?? "";
    expect(await readRemoteImage(account.accountId, id, signed, never())).toEqual(notFound);
    expect(pictures.asked("tracked")).toEqual([]);
  });
});

describe("whether pictures are shown", () => {
  const shown = async (account: Connected, id: MessageId, once = "") =>
    (await imagesShown(account.accountId, await read(account, id), once)).shown;
  const frame = async (account: Connected, id: MessageId, images = "") => {
    const outcome = await readMessageFrame(
      account.accountId,
      id,
      { part: null, quotedText: "Quoted", colors: "adapted", linkNote: () => "", images },
      never(),
    );
    return outcome.ok ? outcome.content : "";
  };

  it("is no, until the reader says so for this once, for this message", async () => {
    const account = await connected(testbed.google);
    const html = picture("once");
    const [id, other] = [await deliver(account, html), await deliver(account, html)];
    expect(await shown(account, id)).toBe("never");
    expect(await frame(account, id)).not.toContain("<img src=");
    const once = showOnce(account.accountId, id);
    expect(await shown(account, id, once)).toBe("once");
    expect(await frame(account, id, once)).toContain(
      `<img src="/mail/${account.accountId}/message/${id}/image/0.`,
    );
    expect(await frame(account, id, once)).not.toContain(pictures.url);
    expect(await shown(account, other, once)).toBe("never");
    for (const forged of ["show", "1", `${once}x`, once.replace(/^./u, "z")]) {
      expect(await shown(account, id, forged), forged).toBe("never");
    }
  });

  it("is yes for all mail of a sender from now on, as long as their domain stands behind it", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, picture("always"));
    await chooseFor(account.accountId, id, true);
    const later = await deliver(account, picture("always"));
    expect(await shown(account, later)).toBe("always");
    expect(await frame(account, later)).toContain("/image/0.");
    for (const headers of [
      "",
      "Authentication-Results: mx.google.com; dkim=pass header.i=@evil.example\r\n",
      "Authentication-Results: mx.evil.example; dkim=pass header.i=@shop.example\r\n",
    ]) {
      const forged = await deliver(account, picture("always"), headers);
      expect(await shown(account, forged), headers).toBe("never");
      expect(await frame(account, forged)).not.toContain("/image/0.");
    }
    await chooseFor(account.accountId, id, false);
    expect(await shown(account, later)).toBe("never");
  });

  it("is not to be allowed by a message whose sender nobody vouches for", async () => {
    const account = await connected(testbed.google);
    await chooseFor(account.accountId, await deliver(account, picture("forged"), ""), true);
    expect(await database().senderChoice.count({ where: { accountId: account.accountId } })).toBe(0);
  });

  it("is listed by sender, and ends when its owner says so", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, picture("listed"));
    await chooseFor(account.accountId, id, true);
    const listed = async () => (await senderChoices([{ id: account.accountId }]))[0]?.choices ?? [];
    expect(await listed()).toMatchObject([{ address: "news@shop.example", showImages: true }]);
    await stopShowingFrom(account.accountId, "NEWS@shop.example");
    expect(await listed()).toEqual([]);
    expect(await shown(account, id)).toBe("never");
  });
});
