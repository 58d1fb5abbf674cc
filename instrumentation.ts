import type { Instrumentation } from "next";

/** Runs once when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startInstance } = await import("./lib/server/start-instance.ts");
  startInstance();
}

/** One line for whatever fails while a request is answered. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { tellRequestError } = await import("./lib/server/request-error.ts");
  tellRequestError(error, request, context);
};
