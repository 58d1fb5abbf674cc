import "server-only";
import { visits } from "./visit.ts";

/** The same where there is a request at hand; of one that asks for a head alone, as soon as that is sent. */
export const leavingOf = (request: Request): AbortSignal => visitorSignal() ?? request.signal;

/** Fires when the visitor whose request this is has left; undefined outside of a request. */
export const visitorSignal = (): AbortSignal | undefined => visits().getStore()?.leaving;
