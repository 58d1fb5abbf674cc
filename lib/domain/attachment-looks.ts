import type { Attachment } from "./readable-message.ts";

/** What is larger is not brought to the browser to be shown the size of a stamp. */
const largestThumbnailBytes = 5_000_000;

/** Pictures that browsers show; the server looks whether they are what their names say. */
export const hasThumbnail = ({ kind, filename, mimeType, sizeBytes }: Attachment): boolean =>
  kind === "Image" &&
  sizeBytes <= largestThumbnailBytes &&
  /\.(?:png|jpe?g|gif|webp|avif)$|^image\/(?:png|jpeg|gif|webp|avif)$/imu.test(`${mimeType}\n${filename}`);

/** Whether opening it runs it. */
export const isProgram = ({ kind }: Attachment): boolean => kind === "Program";

/** Whether it deceives, or would run: that is worth a warning. */
export const isSuspicious = (attachment: Attachment): boolean =>
  isProgram(attachment) || attachment.tricks.some((trick) => trick !== "long");
