/** One line of the table: what was measured, against what, and whether it is what we promise. */
export interface Measure {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  /** In words; "–" where nothing is promised. */
  readonly wanted: string;
  readonly measured: string;
  /** null: told, not judged. */
  readonly met: boolean | null;
}

/** A measure with what it rests on: printed below the table. */
export interface Finding {
  readonly measures: readonly Measure[];
  readonly notes: readonly string[];
}
