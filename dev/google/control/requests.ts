import { z } from "zod";
import { clientRefusals } from "../oauth/client-refusals.ts";
import { type DeathCause, deathCauses } from "../oauth/grants.ts";

const email = z.string();
const labelIds = z.array(z.string());

const target = z.enum(["all", "authorization", "discovery", "token", "revoke", "userinfo", "gmail", "batch"]);
const cause = z.enum(deathCauses as [DeathCause, ...DeathCause[]]);
const scene = {
  target: target.optional(),
  email: email.optional(),
  method: z.string().optional(),
  count: z.int().positive().optional(),
};

export const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("5xx"),
    status: z.int().min(500).max(599).optional(),
    retryAfterSeconds: z.number().optional(),
    ...scene,
  }),
  z.strictObject({
    kind: z.literal("error"),
    status: z.int().min(400).max(599),
    reason: z.string(),
    message: z.string().optional(),
    retryAfter: z.string().optional(),
    ...scene,
  }),
  z.strictObject({
    kind: z.literal("odd"),
    body: z.unknown(),
    status: z.int().min(200).max(599).optional(),
    ...scene,
  }),
  z.strictObject({ kind: z.literal("timeout"), ...scene }),
  z.strictObject({ kind: z.literal("reset"), ...scene }),
  z.strictObject({ kind: z.literal("429"), retryAfterSeconds: z.number().optional(), ...scene }),
  z.strictObject({
    kind: z.literal("403"),
    reason: z.string(),
    retryAfterSeconds: z.number().optional(),
    ...scene,
  }),
  z.strictObject({ kind: z.literal("401"), ...scene }),
  z.strictObject({ kind: z.literal("truncated"), ...scene }),
  z.strictObject({ kind: z.literal("malformed"), ...scene }),
  z.strictObject({
    kind: z.literal("batch-parts-429"),
    parts: z.int().positive().optional(),
    retryAfterSeconds: z.number().optional(),
    ...scene,
  }),
  z.strictObject({ kind: z.literal("batch-truncated"), ...scene }),
  z.strictObject({ kind: z.literal("batch-401"), ...scene }),
  z.strictObject({
    kind: z.literal("refuse-token-endpoint"),
    as: z.enum([...clientRefusals, "503"]).optional(),
    ...scene,
  }),
  z.strictObject({ kind: z.literal("invalid-grant"), cause, ...scene }),
  z.strictObject({ kind: z.literal("slow"), latencyMs: z.number().min(0), ...scene }),
]);

const enclosure = z.strictObject({
  filename: z.string(),
  mimeType: z.string(),
  contentBase64: z.string().optional(),
  contentId: z.string().optional(),
});

const placement = {
  email,
  labelIds: labelIds.default(["INBOX", "UNREAD", "CATEGORY_PERSONAL"]),
  /** Internal date; now when absent. */
  dateMs: z.number().optional(),
  threadId: z.string().optional(),
};

export const deliverSchema = z.strictObject({
  ...placement,
  from: z.string().default("Local Google <hello@local.example>"),
  to: z.string().optional(),
  cc: z.string().optional(),
  subject: z.string().default("A message from the local Google"),
  text: z.string().default("This message was just delivered."),
  html: z.string().optional(),
  encodedHeaders: z.boolean().default(false),
  attachments: z.array(enclosure).default([]),
});

export const deliverRfc822Schema = z.strictObject({
  ...placement,
  base64: z.string(),
  keepCharset: z.boolean().default(false),
});

export const deliverPayloadSchema = z.strictObject({
  ...placement,
  payload: z.unknown(),
  snippet: z.string().optional(),
  sizeEstimate: z.number().optional(),
  rawBase64: z.string().optional(),
  attachments: z.record(z.string(), z.string()).optional(),
});

export const personSchema = z.strictObject({ email });
export const addPersonSchema = z.strictObject({
  email,
  name: z.string(),
  correspondence: z.enum(["english", "mixed", "empty", "office"]).default("empty"),
  messages: z.int().min(0).default(0),
  hd: z.string().nullable().optional(),
});
export const changePersonSchema = z.strictObject({
  email,
  newEmail: z.string().optional(),
  name: z.string().optional(),
  policyBlock: z
    .enum(["admin_policy_enforced", "org_internal", "disallowed_useragent"])
    .nullable()
    .optional(),
  gmailDisabled: z.boolean().optional(),
  timeLimitSeconds: z.number().positive().nullable().optional(),
});
export const killGrantSchema = z.strictObject({ email, cause, clientId: z.string().optional() });
export const issueGrantSchema = z.strictObject({
  email,
  clientId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});
export const messagesSchema = z.strictObject({ email, ids: z.array(z.string()) });
export const relabelSchema = z.strictObject({
  email,
  ids: z.array(z.string()),
  add: labelIds.default([]),
  remove: labelIds.default([]),
});
export const createLabelSchema = z.strictObject({
  email,
  name: z.string(),
  color: z.string().nullable().default(null),
});
export const renameLabelSchema = z.strictObject({ email, id: z.string(), name: z.string() });
export const deleteLabelSchema = z.strictObject({ email, id: z.string() });
export const clockSchema = z.strictObject({ advanceSeconds: z.number() });
export const settingsSchema = z.strictObject({
  revocationGraceSeconds: z.number().min(0).optional(),
  testing: z.boolean().optional(),
  idTokenSkewSeconds: z.number().optional(),
  batchMs: z.number().min(0).optional(),
  unreadable: z.array(z.string()).optional(),
  broken: z.record(z.string(), z.enum(["malformed", "missing", "hanging"])).optional(),
});
export const quotaSchema = z.strictObject({
  on: z.boolean().optional(),
  unitsPerUserPerMinute: z.number().optional(),
  unitsPerProjectPerMinute: z.number().optional(),
  unitsPerProjectPerDay: z.number().optional(),
  concurrentPerUser: z.number().optional(),
});
export const pushSchema = z.strictObject({
  endpoint: z.url().nullable().optional(),
  audience: z.string().optional(),
  serviceAccount: z.string().optional(),
  behaviour: z.enum(["normal", "lost", "doubled"]).optional(),
});
export const pushNowSchema = z.strictObject({ email, historyId: z.number().optional() });
export const signSchema = z.strictObject({
  claims: z.record(z.string(), z.unknown()),
  header: z.record(z.string(), z.unknown()).default({}),
});
export const clearFaultsSchema = z.strictObject({ email: email.optional() });
export const nothingSchema = z.strictObject({});
