/** Another process of Latchkey, as far as jobs go. It says "ready", and works until it is let go, or killed. */
import { outliveRejections } from "../server/outlive-rejections.ts";
import { startWorker } from "./worker.ts";

outliveRejections();

const worker = await startWorker();
process.once("disconnect", () => void worker?.stop().then(() => process.exit(0)));
process.send?.("ready");
