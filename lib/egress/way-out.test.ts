import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { localEnvironment, makeLocalSecrets } from "#dev/local-environment.ts";
import { env } from "../env.ts";
import { wayOut } from "./way-out.ts";

const server = createServer((_, response) => response.end("picture"));
afterEach(() => {
  server.close();
  wayOut.take();
});

test("this machine is out of reach, but for the one port of a drill beside a Google of its own", async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  const get = () => wayOut().get(`http://127.0.0.1:${port}/`, "image/png", { accountId: "one" });
  const places = {
    databaseUrl: "postgresql://nobody@127.0.0.1/none",
    googleUrl: "http://127.0.0.1:1",
    port: 3000,
  };
  Object.assign(process.env, localEnvironment(places, makeLocalSecrets()));
  Object.assign(env(), { EGRESS_DRILL_PORT: undefined });
  await expect(get()).rejects.toMatchObject({ code: "forbidden" });
  wayOut.take();
  Object.assign(env(), { EGRESS_DRILL_PORT: port });
  expect(Buffer.from(await get()).toString()).toBe("picture");
});
