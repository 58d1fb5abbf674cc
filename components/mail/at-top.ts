"use client";

/** So near to its top a page may grow there without moving what is being read. */
const topPx = 48;

export const isAtTop = (): boolean => window.scrollY < topPx;
