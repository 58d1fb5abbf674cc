/** Three walls stand between a hostile mail and its reader: the sanitizer, the frame, the policy. Any two hold without the third. */
import type { BrowserContext, Page } from "@playwright/test";
import { attacks, watch } from "./attacks.ts";
import { expect, test } from "./fixtures.ts";
import { place } from "./places.ts";

test.use({
  expectedComplaints:
    /Blocked script execution|Refused to|violates the following Content Security Policy|Blocked form submission|sandbox|Failed to load|ERR_|Unsafe attempt to load URL/,
});
test.describe.configure({ timeout: 240_000 });

interface Answer {
  readonly body: string;
  readonly policy: string;
}

/** What is served to the frame in the place of a mail's document. */
type Breach = (attack: string, answer: Answer) => Answer;

const breaches: readonly (readonly [wall: string, breach: Breach, hasSandbox: boolean])[] = [
  [
    "the sanitizer",
    (attack, { policy }) => ({ body: `<!doctype html><body>${attack}</body>`, policy }),
    true,
  ],
  ["the frame", (_attack, { body, policy }) => ({ body, policy: policy.replace(/; sandbox.*$/, "") }), false],
  ["the policy", (_attack, { body }) => ({ body, policy: "" }), true],
];

/** What gets as far as the network: what the policy refuses is told of as a request, too, and is none. */
async function watchNetwork(context: BrowserContext): Promise<string[]> {
  const sent: string[] = [];
  await context.route(
    ({ origin, protocol }) => protocol !== "data:" && origin !== place("latchkey"),
    (route) => {
      sent.push(route.request().url());
      return route.abort();
    },
  );
  return sent;
}

/** Puts a document into the message's frame, and waits for it and for what it would set in motion. */
async function show(page: Page, path: string, hasSandbox: boolean): Promise<void> {
  await page.getByTitle("Message body").evaluate(
    (frame, { src, sandboxed }) =>
      new Promise<void>((resolve) => {
        if (!sandboxed) frame.removeAttribute("sandbox");
        frame.addEventListener("load", () => requestAnimationFrame(() => resolve()), { once: true });
        (frame as HTMLIFrameElement).src = src;
      }),
    { src: path, sandboxed: hasSandbox },
  );
}

for (const [wall, breach, hasSandbox] of breaches) {
  test(`without ${wall} no mail runs, loads, leads away or covers anything`, async ({
    context,
    page,
    google,
    newPerson,
    newReader,
  }) => {
    const person = await newPerson();
    const ids: string[] = [];
    for (const html of attacks) {
      ids.push((await google.deliver(person.email, { subject: "Hostile", html: `<p>Hello</p>${html}` })).id);
    }
    const first = (await google.deliver(person.email, { subject: "First", html: "<p>Hello</p>" })).id;
    const { accountId } = await newReader({ person });
    const address = `/mail/${accountId}/message/${first}`;
    await page.goto(address);
    await expect(page.getByTitle("Message body")).toHaveAttribute("style", /height/);
    const [seen, sent] = [watch(context), await watchNetwork(context)];
    await page.route("**/body?attack=*", async (route) => {
      const index = Number(new URL(route.request().url()).searchParams.get("attack"));
      const answer = await route.fetch({
        url: route
          .request()
          .url()
          .replace(/\?attack.*$/, ""),
      });
      const policy = answer.headers()["content-security-policy"] ?? "";
      const breached = breach(attacks[index] ?? "", { body: await answer.text(), policy });
      const { "content-security-policy": _, ...headers } = answer.headers();
      await route.fulfill({
        status: 200,
        headers: { ...headers, ...(breached.policy && { "content-security-policy": breached.policy }) },
        body: breached.body,
      });
    });
    for (const [index, id] of ids.entries()) {
      await show(page, `/mail/${accountId}/message/${id}/body?attack=${index}`, hasSandbox);
      expect(sent, attacks[index]).toEqual([]);
      expect(
        seen.filter((event) => !event.startsWith("request ")),
        attacks[index],
      ).toEqual([]);
      expect(new URL(page.url()).pathname, attacks[index]).toBe(address);
      // The page's own heading is what is found at its own place.
      expect(
        await page.getByRole("heading", { level: 1 }).evaluate((heading) => {
          const { left, top } = heading.getBoundingClientRect();
          return heading.contains(document.elementFromPoint(left + 4, top + 4));
        }),
        attacks[index],
      ).toBe(true);
    }
  });
}
