/** A process that works on the queue, as every instance of Latchkey does, and serves nobody. */
import { closeDatabase } from "#lib/db/client.ts";
import { startWorker } from "#lib/jobs/worker.ts";

const worker = await startWorker();
process.once("disconnect", async () => {
  await worker?.stop();
  await closeDatabase();
  process.exit(0);
});
process.send?.("ready");
