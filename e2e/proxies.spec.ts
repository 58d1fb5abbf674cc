/** Latchkey behind Debian's nginx and Caddy, with the examples of deploy/. Long: it fetches packages. */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../dev/database.ts";
import { startLatchkey } from "../dev/latchkey.ts";
import { localEnvironment } from "../dev/local-environment.ts";
import { type DebianProgram, startDebian } from "../dev/testbed/debian.ts";
import { answered, expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { place } from "./places.ts";
import { openInbox } from "./sign-in.ts";

test.use({ ignoreHTTPSErrors: true, expectedComplaints: answered(404) });

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFile(join(root, "deploy", path), "utf8");

interface Ports {
  readonly https: number;
  readonly http: number;
  readonly latchkey: number;
}

async function certificate(directory: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
  await promisify(execFile)("openssl", [...args, "-keyout", key, "-out", cert]);
  return { cert, key };
}

/** The example, with this test's names, ports and certificate. */
async function startNginx(directory: string, { https, http, latchkey }: Ports): Promise<DebianProgram> {
  const { cert, key } = await certificate(directory);
  const server = (await read("nginx.conf"))
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${latchkey}`)
    .replaceAll("mail.example.org$request_uri", `localhost:${https}$request_uri`)
    .replaceAll("mail.example.org", "localhost")
    .replaceAll(/listen \[::\]:\d+.*;/g, "")
    .replace("listen 80;", `listen 127.0.0.1:${http};`)
    .replace("listen 443 ", `listen 127.0.0.1:${https} `)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${cert};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(directory, name)};`)
    .join("\n");
  const config = join(directory, "nginx.conf");
  await writeFile(
    config,
    `daemon off;\npid ${join(directory, "nginx.pid")};\nerror_log ${join(directory, "error.log")};\nevents {}\nhttp {\naccess_log off;\n${paths}\n${server}\n}\n`,
  );
  return startDebian("nginx", {
    args: ["-c", config, "-p", directory, "-e", join(directory, "error.log")],
    port: https,
  });
}

async function startCaddy(directory: string, { https, http, latchkey }: Ports): Promise<DebianProgram> {
  const { cert, key } = await certificate(directory);
  const site = (await read("Caddyfile"))
    .replace("mail.example.org {", `https://localhost:${https} {\n\ttls ${cert} ${key}`)
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${latchkey}`);
  const config = join(directory, "Caddyfile");
  await writeFile(
    config,
    `{\n\tadmin off\n\thttp_port ${http}\n\tauto_https disable_redirects\n\tstorage file_system ${directory}\n}\n${site}`,
  );
  return startDebian("caddy", { args: ["run", "--config", config, "--adapter", "caddyfile"], port: https });
}

if (process.env.LATCHKEY_LONG)
  for (const [name, startProxy] of [
    ["nginx", startNginx],
    ["Caddy", startCaddy],
  ] as const) {
    test(`behind ${name} one signs in, reads, is told of new mail as it comes, and metrics are nobody's`, async ({
      browser,
      newPerson,
      google,
    }, info) => {
      const directory = info.outputPath("proxy");
      await mkdir(directory, { recursive: true });
      const ports: Ports = { https: await freePort(), http: await freePort(), latchkey: await freePort() };
      const origin = `https://localhost:${ports.https}`;
      const secrets = { NEXTAUTH_SECRET: place("nextAuthSecret"), TOKEN_KEYS: `k1:${place("tokenKey")}` };
      const env = localEnvironment(
        { databaseUrl: place("database"), googleUrl: place("google"), port: ports.latchkey },
        secrets,
      );
      const latchkey = await startLatchkey({
        env: { ...env, NEXTAUTH_URL: origin, WORKER_CONCURRENCY: "2", QUOTA_UNITS_PER_MINUTE: "1000000" },
        logFile: info.outputPath("latchkey.log"),
      });
      const proxy = await startProxy(directory, ports);
      const context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: origin });
      try {
        const page = await context.newPage();
        const person = await newPerson({ messages: 20 });
        await openInbox(page, person);
        await expect(rowsOf(page).first()).toBeVisible();
        const names = (await context.cookies()).map(({ name: cookie }) => cookie);
        expect(names).toContain("__Host-latchkey.session");
        await google.deliver(person.email, { subject: `Through ${name}` });
        await expect(page.getByRole("link", { name: `Through ${name}` })).toBeVisible({ timeout: 60_000 });
        expect((await context.request.get("/api/metrics")).status()).toBe(404);
        const post = (bytes: number) =>
          context.request.post("/accounts", { data: "a".repeat(bytes), headers: { origin } });
        expect((await post(20_000)).status()).toBe(413);
        await page.goto("/accounts");
        await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
        await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
      } finally {
        await context.close();
        await proxy.stop();
        await latchkey.stop();
      }
    });
  }

if (process.env.LATCHKEY_LONG)
  test("systemd takes the unit file as it is", async ({}, info) => {
    const unit = (await read("latchkey.service")).replaceAll(
      "/opt/latchkey/node_modules/.bin/node",
      process.execPath,
    );
    const path = info.outputPath("latchkey.service");
    await mkdir(info.outputDir, { recursive: true });
    await writeFile(path, unit);
    const { stdout, stderr } = await promisify(execFile)("systemd-analyze", ["verify", path]);
    expect(stdout + stderr).toBe("");
  });
