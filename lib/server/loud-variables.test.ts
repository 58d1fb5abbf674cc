import { expect, it, test } from "vitest";
import { quietEnvironment } from "./loud-variables.ts";

it.each([
  "DEBUG",
  "NODE_DEBUG",
  "NODE_DEBUG_NATIVE",
  "NEXT_DEBUG",
  "NEXT_PRIVATE_DEBUG_CACHE",
  "__NEXT_VERBOSE_LOGGING",
  "NEXTAUTH_DEBUG",
  "GOOGLE_SDK_NODE_LOGGING",
  "GRAPHILE_ENABLE_DANGEROUS_LOGS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
])("%s is emptied, and named without its value", (name) => {
  const { variables, dropped } = quietEnvironment({
    [name]: "every-thing",
    PATH: "/bin",
    LOG_LEVEL: "debug",
  });
  expect(variables[name]).toBe("");
  expect(dropped).toEqual([name]);
  expect(variables).not.toHaveProperty("PATH");
  expect(variables).not.toHaveProperty("LOG_LEVEL");
});

test("they are empty even where nobody set them: Next reads .env files of its own for what is missing", () => {
  expect(quietEnvironment({})).toEqual({
    variables: expect.objectContaining({ DEBUG: "", NODE_DEBUG: "", NEXT_DEBUG: "", NODE_OPTIONS: "" }),
    dropped: [],
  });
});

it.each([
  ["--inspect", "", ["--inspect"]],
  ["--inspect-brk=0.0.0.0:9229 --max-old-space-size=512", "--max-old-space-size=512", ["--inspect-brk"]],
  ["--inspect-port 9229 --import ./apm.js", "--import ./apm.js", ["--inspect-port"]],
  ["--tls-keylog /tmp/keys --dns-result-order=ipv4first", "--dns-result-order=ipv4first", ["--tls-keylog"]],
  ["--trace_tls --no-warnings", "--no-warnings", ["--trace-tls"]],
  ["--report-on-signal  --report-signal SIGUSR2", "", ["--report-on-signal", "--report-signal"]],
  ["--heapsnapshot-signal=SIGUSR2", "", ["--heapsnapshot-signal"]],
  ["--cpu-prof", "", ["--cpu-prof"]],
])("of NODE_OPTIONS=%j is left %j", (given, left, dropped) => {
  const quiet = quietEnvironment({ NODE_OPTIONS: given });
  expect(quiet.variables.NODE_OPTIONS).toBe(left);
  expect(quiet.dropped).toEqual(dropped.map((option) => `NODE_OPTIONS ${option}`));
});
