-- What conversations and senders are found by. Null for messages that were kept before: a job fills them in, so that nobody
-- waits for more than one look through each table, in which no row has an index entry yet. Readers wait for nothing.
ALTER TABLE "MirroredMessage" ADD COLUMN "threadId" TEXT COLLATE "C", ADD COLUMN "senderKey" BIGINT, ADD COLUMN "senderNameKey" BIGINT;
ALTER TABLE "Mirror" ADD COLUMN "indexedTo" TEXT COLLATE "C", ADD COLUMN "indexedAt" TIMESTAMPTZ(3);
ALTER TABLE "Mirror" ALTER COLUMN "indexedAt" SET DEFAULT CURRENT_TIMESTAMP;
CREATE INDEX "MirroredMessage_thread_idx" ON "MirroredMessage" ("accountId", "threadId", "internalDate", "messageId") WHERE "threadId" IS NOT NULL;
CREATE INDEX "MirroredMessage_sender_idx" ON "MirroredMessage" ("accountId", "senderKey", "internalDate") WHERE "senderKey" IS NOT NULL;
CREATE INDEX "MirroredMessage_senderName_idx" ON "MirroredMessage" ("accountId", "senderNameKey", "senderKey") WHERE "senderNameKey" IS NOT NULL;
