import "server-only";
import { visits } from "./visit.ts";

/** Fires when the visitor whose request this is has left; for a HEAD request, as soon as it is answered. */
export const leavingOf = (request: Request): AbortSignal => requestSignal() ?? request.signal;

/** Fires when the visitor whose request this is has left; undefined outside of a request. */
export const requestSignal = (): AbortSignal | undefined => visits().getStore()?.leaving;
