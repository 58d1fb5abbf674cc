import Link from "next/link";
import { Statement } from "#components/shell/statement.tsx";

export const metadata = { title: "Not found" };

/** The same page for what does not exist and for what is somebody else's. */
export default function NotFound() {
  return (
    <Statement title="There is nothing here.">
      <p>The address is wrong, or what it named is gone.</p>
      <p>
        <Link href="/mail" prefetch={false} className="underline underline-offset-2">
          To your mail
        </Link>
      </p>
    </Statement>
  );
}
