-- AlterTable
ALTER TABLE "Account" ADD COLUMN "lastReadAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Mirror" (
    "accountId" UUID NOT NULL,
    "historyId" BIGINT NOT NULL,
    "changes" BIGINT NOT NULL DEFAULT 0,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "about" INTEGER NOT NULL DEFAULT 0,
    "fillToken" TEXT,
    "filledDownTo" BIGINT,
    "filledAt" TIMESTAMPTZ(3),
    "syncedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "labelsAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "troubleSince" TIMESTAMPTZ(3),
    "trouble" JSONB,
    "listing" JSONB,
    "watchAskedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Mirror_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "MirroredMessage" (
    "accountId" UUID NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "internalDate" BIGINT NOT NULL,
    "historyId" BIGINT NOT NULL,
    "labelIds" TEXT[],
    "metadataSealed" BYTEA NOT NULL,

    CONSTRAINT "MirroredMessage_pkey" PRIMARY KEY ("accountId","messageId")
) PARTITION BY HASH ("accountId");

-- CreateTable
CREATE TABLE "MessageLabel" (
    "accountId" UUID NOT NULL,
    "labelId" TEXT COLLATE "C" NOT NULL,
    "internalDate" BIGINT NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "MessageLabel_pkey" PRIMARY KEY ("accountId","labelId","internalDate","messageId")
) PARTITION BY HASH ("accountId");

-- CreateTable
CREATE TABLE "MirroredLabel" (
    "accountId" UUID NOT NULL,
    "labelId" TEXT COLLATE "C" NOT NULL,
    "labelSealed" BYTEA,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "unread" INTEGER NOT NULL DEFAULT 0,
    "googleMessages" INTEGER,
    "googleUnread" INTEGER,
    "wholeDownTo" BIGINT,

    CONSTRAINT "MirroredLabel_pkey" PRIMARY KEY ("accountId","labelId")
);

-- CreateTable
CREATE TABLE "MessageBody" (
    "accountId" UUID NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "bodySealed" BYTEA NOT NULL,

    CONSTRAINT "MessageBody_pkey" PRIMARY KEY ("accountId","messageId")
) PARTITION BY HASH ("accountId");

-- CreateTable
CREATE TABLE "ListedMessage" (
    "accountId" UUID NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "labelId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ListedMessage_pkey" PRIMARY KEY ("accountId","messageId","labelId")
);

-- CreateTable
CREATE TABLE "FailedMessage" (
    "accountId" UUID NOT NULL,
    "messageId" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 1,
    "cause" TEXT NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FailedMessage_pkey" PRIMARY KEY ("accountId","messageId")
);

-- CreateTable
CREATE TABLE "QuotaWindow" (
    "accountId" UUID NOT NULL,
    "moments" BIGINT[],
    "units" INTEGER[],

    CONSTRAINT "QuotaWindow_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "QuotaSpent" (
    "accountId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "method" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,

    CONSTRAINT "QuotaSpent_pkey" PRIMARY KEY ("accountId","minute","method")
);

-- CreateTable
CREATE TABLE "PushReceipt" (
    "messageId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PushReceipt_pkey" PRIMARY KEY ("messageId")
);

-- CreateIndex
CREATE INDEX "Mirror_dueAt_idx" ON "Mirror"("dueAt");

-- CreateIndex
CREATE INDEX "MessageBody_storedAt_idx" ON "MessageBody"("storedAt");

-- CreateIndex
CREATE INDEX "QuotaSpent_minute_idx" ON "QuotaSpent"("minute");

-- CreateIndex
CREATE INDEX "PushReceipt_receivedAt_idx" ON "PushReceipt"("receivedAt");

-- AddForeignKey
ALTER TABLE "Mirror" ADD CONSTRAINT "Mirror_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say: partitions, one by one since Prisma's engine runs statement by statement.
CREATE TABLE "MirroredMessage_0" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 0) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_1" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 1) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_2" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 2) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_3" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 3) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_4" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 4) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_5" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 5) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_6" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 6) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_7" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 7) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_8" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 8) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_9" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 9) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_10" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 10) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_11" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 11) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_12" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 12) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_13" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 13) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_14" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 14) WITH (fillfactor = 90);
CREATE TABLE "MirroredMessage_15" PARTITION OF "MirroredMessage" FOR VALUES WITH (MODULUS 16, REMAINDER 15) WITH (fillfactor = 90);
CREATE TABLE "MessageLabel_0" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "MessageLabel_1" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "MessageLabel_2" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "MessageLabel_3" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "MessageLabel_4" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "MessageLabel_5" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "MessageLabel_6" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "MessageLabel_7" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "MessageLabel_8" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "MessageLabel_9" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "MessageLabel_10" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "MessageLabel_11" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "MessageLabel_12" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "MessageLabel_13" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "MessageLabel_14" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "MessageLabel_15" PARTITION OF "MessageLabel" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE TABLE "MessageBody_0" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "MessageBody_1" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "MessageBody_2" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "MessageBody_3" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "MessageBody_4" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "MessageBody_5" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "MessageBody_6" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "MessageBody_7" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "MessageBody_8" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "MessageBody_9" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "MessageBody_10" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "MessageBody_11" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "MessageBody_12" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "MessageBody_13" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "MessageBody_14" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "MessageBody_15" PARTITION OF "MessageBody" FOR VALUES WITH (MODULUS 16, REMAINDER 15);

-- The lists that a message with these labels stands in: spam and bin keep theirs to themselves.
CREATE FUNCTION listed_labels(labels TEXT[]) RETURNS TEXT[]
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN labels && ARRAY['SPAM', 'TRASH'] THEN ARRAY(SELECT unnest(labels) INTERSECT SELECT unnest(ARRAY['SPAM', 'TRASH']))
    ELSE labels || '*'::text
  END;

-- Notifications name a mailbox by its address.
CREATE INDEX "Account_lower_email_idx" ON "Account" (lower("email"));
