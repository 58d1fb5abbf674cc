import {
  CalendarDays,
  Contact,
  File,
  FileArchive,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
  Mail,
  Presentation,
  Signature,
  TriangleAlert,
} from "lucide-react";
import { isProgram } from "#lib/domain/attachment-looks.ts";
import type { Attachment, AttachmentKind } from "#lib/domain/readable-message.ts";

const icons: Readonly<Partial<Record<AttachmentKind, LucideIcon>>> = {
  Archive: FileArchive,
  Audio: FileAudio,
  Calendar: CalendarDays,
  Contact,
  Document: FileText,
  File,
  Image: FileImage,
  Message: Mail,
  PDF: FileText,
  Presentation,
  Program: TriangleAlert,
  Signature,
  Table: FileSpreadsheet,
  Text: FileText,
  Video: FileVideo,
};

/** A sign for what kind of file this is. */
export function KindIcon({ attachment }: { readonly attachment: Attachment }) {
  const Icon = icons[attachment.kind] ?? File;
  return (
    <Icon
      size={20}
      strokeWidth={1.5}
      aria-hidden
      className={`flex-none ${isProgram(attachment) ? "text-warn" : "text-ink-3"}`}
    />
  );
}
