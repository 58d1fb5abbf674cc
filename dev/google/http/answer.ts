/** What a route returns; the server writes it, after the faults have had their say. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

export function json(status: number, value: unknown, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    headers: {
      "Content-Type": "application/json; charset=UTF-8",
      "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
      Vary: "Origin, X-Origin, Referer",
      ...headers,
    },
    body: JSON.stringify(value),
  };
}

/** No `form-action`: Chromium would also apply it to the redirect back to the app. */
export function html(status: number, markup: string, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
      "Referrer-Policy": "no-referrer",
      ...headers,
    },
    body: markup,
  };
}

/** 303 after a POST, 302 after a GET. */
export function redirect(to: string, afterPost = false, headers: Answer["headers"] = {}): Answer {
  return {
    status: afterPost ? 303 : 302,
    headers: { Location: to, "Cache-Control": "no-store", ...headers },
    body: "",
  };
}
