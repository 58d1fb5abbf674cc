-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "askAgainAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "FailedMessage" ADD COLUMN     "nextAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Mirror" ADD COLUMN     "emailAddress" TEXT,
ADD COLUMN     "relistAt" TIMESTAMPTZ(3),
ADD COLUMN     "relistings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "watchRefusals" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "watchTopic" TEXT;

-- Notifications name a mailbox, and addresses are compared in ASCII.
CREATE INDEX "Account_email_ascii_idx" ON "Account" (lower("email" COLLATE "C"));
CREATE INDEX "Mirror_emailAddress_ascii_idx" ON "Mirror" (lower("emailAddress" COLLATE "C"));
