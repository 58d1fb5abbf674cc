import { answered, expect, test } from "./fixtures.ts";
import { enter } from "./sign-in.ts";

test.use({ expectedComplaints: answered(429) });

test("whoever guesses sessions is refused after a hundred, and health goes on", async ({ request }) => {
  const guess = (token: string) =>
    request.get("/accounts", { headers: { cookie: `latchkey.session=${token}` }, maxRedirects: 0 });
  const statuses = [];
  for (let tried = 0; tried < 101; tried += 1) statuses.push((await guess(`guess-${tried}`)).status());
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
  newPerson,
}) => {
  const accountId = await enter(context, await newPerson());
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
});
