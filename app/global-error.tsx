"use client";

import ErrorPage from "./error.tsx";

/** The same, for when even the page around it failed. */
export default function GlobalError(props: Parameters<typeof ErrorPage>[0]) {
  return (
    <html lang="en">
      <body>
        <title>Error · Latchkey</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
