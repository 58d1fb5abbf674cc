import { z } from "zod";
import { trustedProxies } from "./trusted-proxies.ts";

/** Whose word about a client's address is taken: a number of proxies, or addresses, ranges and names of ranges. */
export const proxies = z
  .string()
  .default("loopback")
  .refine(areProxies, "must be a number of proxies, or addresses and ranges separated by commas");

function areProxies(text: string): boolean {
  try {
    trustedProxies(text);
    return true;
  } catch {
    return false;
  }
}
