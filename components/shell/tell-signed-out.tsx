"use client";

import { useEffect } from "react";
import { tellEnded } from "#components/shell/session-end.ts";

/** The door, shown to nobody in particular: what stands open in this browser's other tabs is to ask whether it may. */
export function TellSignedOut() {
  useEffect(() => tellEnded(null), []);
  return null;
}
