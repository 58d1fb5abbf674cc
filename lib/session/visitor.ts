import "server-only";
import { visits } from "../request/visit.ts";

/** Fires when the visitor whose request this is has left; undefined outside of a request. */
export const visitorSignal = (): AbortSignal | undefined => visits().getStore()?.leaving;
