-- A session names the account that opened it. Nobody knows that of the ones that are open: people sign in once more.
DELETE FROM "Session";

-- DropForeignKey
ALTER TABLE "Session" DROP CONSTRAINT "Session_userId_fkey";

-- DropIndex
DROP INDEX "Session_expiresAt_idx";

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "emailVerified" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "hd" TEXT,
ADD COLUMN     "maySignIn" BOOLEAN NOT NULL DEFAULT false;

-- The account that a person first came with opens their sessions, and carries what Google said of it then.
UPDATE "Account" a SET "maySignIn" = true, "emailVerified" = u."emailVerified" AND a.email = u.email, "hd" = CASE WHEN a.email = u.email THEN u."hd" END
FROM "User" u
WHERE u.id = a."userId" AND a.id = (SELECT first.id FROM "Account" first WHERE first."userId" = u.id ORDER BY (first.email = u.email) DESC, first.id LIMIT 1);

-- AlterTable
ALTER TABLE "User" DROP COLUMN "emailVerified",
DROP COLUMN "hd";

-- AlterTable
ALTER TABLE "Session" DROP COLUMN "expiresAt",
ADD COLUMN     "accountId" UUID NOT NULL,
ADD COLUMN     "address" TEXT,
ADD COLUMN     "id" UUID NOT NULL,
ADD COLUMN     "lastUsedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "userAgent" TEXT,
ALTER COLUMN "userId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Tombstone" (
    "accountId" UUID NOT NULL,
    "subHash" BYTEA NOT NULL,
    "userId" UUID NOT NULL,
    "maySignIn" BOOLEAN NOT NULL,
    "cause" TEXT NOT NULL,
    "destroyedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "blocked" BOOLEAN NOT NULL DEFAULT false,
    "blockedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Tombstone_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "AdminPin" (
    "email" TEXT NOT NULL,
    "sub" TEXT NOT NULL,
    "pinnedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdminPin_pkey" PRIMARY KEY ("email")
);

-- CreateTable
CREATE TABLE "HolderProof" (
    "tokenHash" BYTEA NOT NULL,
    "accountId" UUID NOT NULL,
    "sub" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HolderProof_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "Tombstone_subHash_destroyedAt_idx" ON "Tombstone"("subHash", "destroyedAt" DESC);

-- CreateIndex
CREATE INDEX "Tombstone_userId_idx" ON "Tombstone"("userId");

-- CreateIndex
CREATE INDEX "Tombstone_blocked_destroyedAt_idx" ON "Tombstone"("blocked", "destroyedAt" DESC);

-- CreateIndex
CREATE INDEX "HolderProof_expiresAt_idx" ON "HolderProof"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Session_id_key" ON "Session"("id");

-- CreateIndex
CREATE INDEX "Session_accountId_idx" ON "Session"("accountId");

-- CreateIndex
CREATE INDEX "Session_lastUsedAt_idx" ON "Session"("lastUsedAt");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
