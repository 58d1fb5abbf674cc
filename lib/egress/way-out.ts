import "server-only";
import { perProcess } from "../domain/per-process.ts";
import { env } from "../env.ts";
import { Egress, mayReachPublic } from "./egress.ts";

/** This process's way out. One for all, so that its limits hold for all. */
export const wayOut = perProcess("way-out", () => {
  const drill = env().EGRESS_DRILL_PORT;
  return drill === undefined
    ? new Egress()
    : new Egress({
        mayReach: (address, port) =>
          mayReachPublic(address, port) || (address === "127.0.0.1" && port === drill),
      });
});
