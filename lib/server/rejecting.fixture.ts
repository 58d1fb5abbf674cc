/** A process that outlives what it is told to reject, and says so. */
import pg from "pg";
import { outliveRejections } from "./outlive-rejections.ts";

outliveRejections();

const seen = (count: number) =>
  new Promise<void>((resolve) => {
    let left = count;
    process.on("unhandledRejection", () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });

const three = seen(3);
// As the queue does: a query of a pool whose server is not there.
void new pg.Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" }).query("SELECT 1");
void Promise.reject(Object.assign(new Error("ours, with ya29.a0AfB_byC-0123456789"), { code: "P2002" }));
void Promise.reject(
  Object.assign(new Error("not the database's"), { code: "ECONNREFUSED", stack: "Error: x\n    at fetch" }),
);
await three;
console.log("still here");
