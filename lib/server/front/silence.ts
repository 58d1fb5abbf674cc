import type { ServerResponse } from "node:http";

/** After this nothing that anybody does to the response changes what was sent, and nobody is told so. */
export function silence(response: ServerResponse): void {
  const same = () => response;
  Object.assign(response, {
    setHeader: same,
    appendHeader: same,
    removeHeader: () => {},
    writeHead: same,
    flushHeaders: () => {},
    write: () => true,
    end: same,
  });
}
