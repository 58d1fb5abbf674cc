-- AlterTable
ALTER TABLE "Mirror" ADD COLUMN     "fillAgainAt" TIMESTAMPTZ(3),
ADD COLUMN     "fillDoubts" INTEGER NOT NULL DEFAULT 0;
