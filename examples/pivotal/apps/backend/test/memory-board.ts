import type { Board, Metric, Pivot, Reading } from '@pivotal/shared';
import type { BoardStore, NewMetric, NewPivot } from '../src/board.ts';

/** Stands in for the database. */
export class MemoryBoard implements BoardStore {
  #metrics: Metric[] = [];
  #pivots: Pivot[] = [];

  async read(): Promise<Board> {
    return structuredClone({ metrics: this.#metrics, pivots: this.#pivots });
  }

  async addMetric(metric: NewMetric): Promise<Metric> {
    const added = { ...metric, id: this.#metrics.length + 1, readings: [] };
    this.#metrics.push(added);
    return added;
  }

  async addReading(metricId: number, value: number): Promise<Reading | undefined> {
    const metric = this.#metrics.find((candidate) => candidate.id === metricId);
    if (!metric) return undefined;
    const reading = { value, at: new Date().toISOString() };
    metric.readings.unshift(reading);
    return reading;
  }

  async addPivot(pivot: NewPivot): Promise<Pivot> {
    const added = { ...pivot, id: this.#pivots.length + 1, createdAt: new Date().toISOString() };
    this.#pivots.unshift(added);
    return added;
  }
}
