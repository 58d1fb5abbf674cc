import type { Answer } from "../http/answer.ts";
import { json } from "../http/answer.ts";

const statusNames: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

interface ErrorParts {
  reason: string;
  message: string;
  /** The message of the inner entry, where Google words it differently. */
  inner?: string;
  domain?: string;
  location?: { location: string; locationType: string };
  details?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** An error answer of the Gmail API, in exactly the shape of docs/google.md §8. */
export class ApiError extends Error {
  readonly status: number;
  readonly parts: ErrorParts;

  constructor(status: number, parts: ErrorParts) {
    super(parts.message);
    this.status = status;
    this.parts = parts;
  }

  answer(): Answer {
    const { reason, message, inner, domain, location, details, headers } = this.parts;
    const error = {
      code: this.status,
      message,
      errors: [{ message: inner ?? message, domain: domain ?? "global", reason, ...location }],
      status: statusNames[this.status] ?? "UNKNOWN",
      ...(details ? { details: [details] } : {}),
    };
    return json(this.status, { error }, headers ?? {});
  }
}

/** Not an answer: the client is left waiting. */
export class NeverAnswered extends Error {}

function errorInfo(reason: string, metadata: Record<string, string> = {}): Record<string, unknown> {
  return {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    reason,
    domain: "googleapis.com",
    metadata: { service: "gmail.googleapis.com", ...metadata },
  };
}

const authorization = { location: "Authorization", locationType: "header" };

export function invalidArgument(message: string): ApiError {
  return new ApiError(400, { reason: "invalidArgument", message });
}

export function notFound(): ApiError {
  return new ApiError(404, { reason: "notFound", message: "Requested entity was not found." });
}

export function loginRequired(): ApiError {
  return new ApiError(401, {
    reason: "required",
    message:
      "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    inner: "Login Required.",
    location: authorization,
    details: errorInfo("CREDENTIALS_MISSING"),
    headers: { "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"' },
  });
}

export function invalidCredentials(): ApiError {
  return new ApiError(401, {
    reason: "authError",
    message:
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    inner: "Invalid Credentials",
    location: authorization,
    details: errorInfo("ACCESS_TOKEN_EXPIRED"),
    headers: { "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  });
}

export function insufficientScopes(method: string): ApiError {
  return new ApiError(403, {
    reason: "insufficientPermissions",
    message: "Request had insufficient authentication scopes.",
    inner: "Insufficient Permission",
    details: errorInfo("ACCESS_TOKEN_SCOPE_INSUFFICIENT", { method }),
    headers: {
      "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"',
    },
  });
}

const forbiddenByReason: Record<string, { message: string; domain: string; details?: string }> = {
  accessNotConfigured: {
    message: "Gmail API has not been used in project 000000000000 before or it is disabled.",
    domain: "usageLimits",
    details: "SERVICE_DISABLED",
  },
  domainPolicy: {
    message: "The domain administrators have disabled Gmail apps.",
    domain: "global",
  },
  rateLimitExceeded: {
    message:
      "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service 'gmail.googleapis.com'.",
    domain: "usageLimits",
    details: "RATE_LIMIT_EXCEEDED",
  },
  userRateLimitExceeded: { message: "User-rate limit exceeded.", domain: "usageLimits" },
  dailyLimitExceeded: { message: "Daily Limit Exceeded", domain: "usageLimits" },
};

export function forbidden(reason: string, retryAfterSeconds?: number): ApiError {
  const known = forbiddenByReason[reason] ?? { message: "Forbidden", domain: "global" };
  return new ApiError(403, {
    reason,
    message: known.message,
    domain: known.domain,
    ...(known.details ? { details: errorInfo(known.details) } : {}),
    ...(retryAfterSeconds === undefined ? {} : { headers: { "Retry-After": String(retryAfterSeconds) } }),
  });
}

export function tooManyRequests(
  retryAfterSeconds?: number,
  message = "Resource has been exhausted.",
): ApiError {
  return new ApiError(429, {
    reason: "rateLimitExceeded",
    message,
    domain: "usageLimits",
    ...(retryAfterSeconds === undefined ? {} : { headers: { "Retry-After": String(retryAfterSeconds) } }),
  });
}

export function tooConcurrent(): ApiError {
  return tooManyRequests(undefined, "Too many concurrent requests for user.");
}

export function backendError(status: number): ApiError {
  return new ApiError(status, {
    reason: status === 500 ? "internalError" : "backendError",
    message: status === 500 ? "Internal error encountered." : "The service is currently unavailable.",
  });
}
