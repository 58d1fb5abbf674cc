import {
  Bookmark,
  FileText,
  Inbox,
  type LucideIcon,
  Mail,
  OctagonAlert,
  Send,
  Star,
  Trash2,
} from "lucide-react";

const icons: Readonly<Record<string, LucideIcon>> = {
  inbox: Inbox,
  starred: Star,
  important: Bookmark,
  all: Mail,
  sent: Send,
  drafts: FileText,
  spam: OctagonAlert,
  bin: Trash2,
};

export function LabelIcon({ slug }: { readonly slug: string }) {
  const Icon = icons[slug] ?? Mail;
  return <Icon size={16} strokeWidth={1.5} aria-hidden className="flex-none" />;
}
