/** What fast-check tries is the same in every run: a failure comes again, and says its seed. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.LATCHKEY_SEED ?? 20_261_116) });
