/** What backend and frontend both know of a board: numbers to reach, and the turns that were taken because they were not. */
export interface Board {
  metrics: Metric[];

  /** The newest first. */
  pivots: Pivot[];
}

export interface Metric {
  id: number;
  name: string;
  unit: string;

  /** Reached by a reading that is as high or higher. */
  target: number;

  /** The newest first. */
  readings: Reading[];
}

export interface Reading {
  value: number;
  at: string;
}

export interface Pivot {
  id: number;
  title: string;
  reason: string;
  createdAt: string;
}

export type Verdict = 'no data' | 'on course' | 'below target' | 'time to pivot';

/** How many readings below the target, none of them better than the one before, are enough to change course. */
const enough = 3;

export function verdictOf({ target, readings }: Pick<Metric, 'target' | 'readings'>): Verdict {
  const values = readings.slice(0, enough).map((reading) => reading.value);
  const [latest] = values;
  if (latest === undefined) return 'no data';
  if (latest >= target) return 'on course';
  const stuck = values.length === enough && values.every((value, age) => value < target && (age === 0 || values[age - 1]! <= value));
  return stuck ? 'time to pivot' : 'below target';
}
