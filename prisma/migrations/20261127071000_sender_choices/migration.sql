-- CreateTable
CREATE TABLE "SenderChoice" (
    "accountId" UUID NOT NULL,
    "senderKey" BIGINT NOT NULL,
    "choiceSealed" BYTEA NOT NULL,

    CONSTRAINT "SenderChoice_pkey" PRIMARY KEY ("accountId","senderKey")
);
