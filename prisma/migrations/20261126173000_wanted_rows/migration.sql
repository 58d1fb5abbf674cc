-- AlterTable
ALTER TABLE "QuotaWindow" ADD COLUMN     "heldTo" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "pacedTo" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "WantedMessage" (
    "accountId" UUID NOT NULL,
    "messageId" TEXT COLLATE "C" NOT NULL,
    "wantedAt" TIMESTAMPTZ(3) NOT NULL,
    "place" INTEGER NOT NULL,

    CONSTRAINT "WantedMessage_pkey" PRIMARY KEY ("accountId","messageId")
);
