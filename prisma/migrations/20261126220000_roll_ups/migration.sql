-- CreateTable
CREATE TABLE "RollUp" (
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RollUp_pkey" PRIMARY KEY ("name","label")
);

-- Counted anew every minute: a crash may lose it, and nobody waits for its way to the disk.
ALTER TABLE "RollUp" SET UNLOGGED;
