/**
 * Another process of Latchkey, as far as quota goes. It says "ready"; on every message it books as often as there is room,
 * and answers with the units that it has booked and the milliseconds that it was told to wait then.
 */
import { database } from "../db/client.ts";
import { type Spending, spendUnits } from "./quota.ts";

process.on("message", async (spending: Spending) => {
  let [units, waitMs] = [0, 0];
  while (waitMs === 0) {
    waitMs = await spendUnits(database(), spending);
    if (waitMs === 0) units += spending.units;
  }
  process.send?.({ units, waitMs });
});
process.send?.("ready");
