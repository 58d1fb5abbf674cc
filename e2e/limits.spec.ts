import { answered, expect, test } from "./fixtures.ts";
import { place } from "./places.ts";

test.use({ expectedComplaints: answered(429) });

/** As a browser says that a form is of the server that it is sent to. */
const own = { origin: place("latchkey") };

const cookieOf = (token: string) => ({ cookie: `latchkey.session=${token}` });

test("whoever guesses sessions is refused after a hundred, and health goes on", async ({ request }) => {
  const guess = (token: string) => request.get("/accounts", { headers: cookieOf(token), maxRedirects: 0 });
  const statuses = [];
  for (let tried = 0; tried < 100; tried += 1) statuses.push((await guess(`guess-${tried}`)).status());
  statuses.push((await request.get("/api/auth/session", { headers: cookieOf("another") })).status());
  expect(statuses).toEqual([...Array(100).fill(307), 429]);
  expect((await request.get("/api/health/ready")).status()).toBe(200);
  expect((await request.get("/")).status(), "somebody who has no session guesses none").toBe(200);
});

test("ways back from Google that end in nothing are refused after sixty", async ({ request }) => {
  const statuses = [];
  for (let tried = 0; tried < 61; tried += 1) {
    const answer = await request.get(`/api/auth/callback/google?code=a&state=s-${tried}`, {
      maxRedirects: 0,
    });
    statuses.push(answer.status());
  }
  expect(statuses).toEqual([...Array(60).fill(303), 429]);
});

test("a person who searches without end is told so in words, and when to come again", async ({
  context,
  page,
  google,
  reader: { accountId, email },
}) => {
  for (let tried = 0; tried < 60; tried += 1) {
    const answer = await context.request.get(`/mail/${accountId}/all?q=word${tried}`);
    expect(answer.status()).toBe(200);
  }
  const answer = await page.goto(`/mail/${accountId}/all?q=another`);
  expect(answer?.status()).toBe(429);
  expect(Number(answer?.headers()["retry-after"])).toBeGreaterThan(0);
  await expect(page.getByRole("heading", { level: 1, name: "Too many requests" })).toBeVisible();
  await expect(page.getByText(/Try again in \d+ seconds?\./)).toBeVisible();
  expect((await page.goto(`/mail/${accountId}/inbox`))?.status(), "reading goes on").toBe(200);
  const { id } = await google.deliver(email, { subject: "Found" });
  const found = await context.request.get(`/mail/${accountId}/message/${id}?in=all&q=yet-another`);
  expect(found.status(), "a message's place in a search is searched for, too").toBe(429);
});

test("ways to Google are begun three hundred times from one address, and no more", async ({ request }) => {
  const begin = () =>
    request.post("/api/auth/signin/google", { form: { purpose: "sign-in" }, maxRedirects: 0, headers: own });
  const statuses = [];
  for (let tried = 0; tried < 301; tried += 1) statuses.push((await begin()).status());
  expect(statuses).toEqual([...Array(300).fill(303), 429]);
});

test("whoever loads attachments without end is refused after three hundred in a minute", async ({
  context,
  google,
  reader: { accountId, email },
}) => {
  const { id } = await google.deliver(email, { subject: "Without one" });
  const load = () => context.request.get(`/mail/${accountId}/message/${id}/attachment/9`);
  const statuses = [];
  for (let tried = 0; tried < 301; tried += 1) statuses.push((await load()).status());
  expect(statuses).toEqual([...Array(300).fill(404), 429]);
});

test("whoever changes things without end is refused after sixty in a minute", async ({
  context,
  newReader,
  reader,
}) => {
  await newReader({ person: reader, elsewhere: true });
  const page = await (await context.request.get("/accounts")).text();
  // The form that ends the session elsewhere, as a browser without scripts sends it.
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(page)?.[1] ?? "";
  const change = () =>
    context.request.post("/accounts", {
      multipart: { [action]: "", session: "none" },
      maxRedirects: 0,
      headers: own,
    });
  const statuses = [];
  for (let tried = 0; tried < 61; tried += 1) statuses.push((await change()).status());
  expect(statuses).toEqual([...Array(60).fill(303), 429]);
});
