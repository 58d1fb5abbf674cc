/** Pages and fillings make much that is gone at once: a small young generation keeps the process small, too. */
export const youngSpace = "--max-semi-space-size=8";
