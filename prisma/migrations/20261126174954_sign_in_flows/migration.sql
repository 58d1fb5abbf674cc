-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "clientRefusal" TEXT,
ADD COLUMN     "clientRefusedSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "SignInFlow" (
    "stateHash" BYTEA NOT NULL,
    "browserHash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "sessionHash" BYTEA,
    "userId" UUID,
    "accountId" UUID,
    "callbackUrl" TEXT NOT NULL,
    "checks" JSONB NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "landing" TEXT,
    "landedUserId" UUID,
    "answerSealed" TEXT,

    CONSTRAINT "SignInFlow_pkey" PRIMARY KEY ("stateHash")
);

-- CreateIndex
CREATE INDEX "SignInFlow_expiresAt_idx" ON "SignInFlow"("expiresAt");

-- Few rows hold an answer at any moment.
CREATE INDEX "SignInFlow_answers_idx" ON "SignInFlow" ("finishedAt") WHERE "answerSealed" IS NOT NULL;
