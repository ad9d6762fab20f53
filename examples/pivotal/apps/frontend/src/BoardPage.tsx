import { verdictOf, type Board, type Metric } from '@pivotal/shared';
import { EntryForm } from './EntryForm.tsx';
import { Link } from './router.tsx';
import type { Add } from './use-board.ts';

export function BoardPage({ board, add }: { board: Board; add: Add }) {
  return (
    <>
      <h1>Metrics</h1>
      <EntryForm label="Add" send={({ name, unit, target }) => add('/metrics', { name, unit, target: Number(target) })}>
        <input name="name" aria-label="Name" placeholder="Sign-ups" maxLength={80} required pattern=".*\S.*" />
        <input name="unit" aria-label="Unit" placeholder="a week" maxLength={20} />
        <input name="target" aria-label="Target" placeholder="Target" type="number" step="any" required />
      </EntryForm>
      {board.metrics.length === 0 && <p className="quiet">No metrics yet. What has to become true for this to work?</p>}
      <ul className="cards">
        {board.metrics.map((metric) => (
          <li key={metric.id}>
            <Link href={`/metrics/${metric.id}`}>{metric.name}</Link>
            <span>
              {metric.readings[0]?.value ?? '–'} of {metric.target} {metric.unit} <Badge metric={metric} />
            </span>
          </li>
        ))}
      </ul>

      <h1>Pivots</h1>
      <EntryForm label="Decide" send={({ title, reason }) => add('/pivots', { title, reason })}>
        <input name="title" aria-label="Where to" placeholder="Sell to schools first" maxLength={120} required pattern=".*\S.*" />
        <input name="reason" aria-label="Because" placeholder="because …" maxLength={2000} required pattern=".*\S.*" />
      </EntryForm>
      {board.pivots.length === 0 && <p className="quiet">The course is the first one.</p>}
      <ol className="cards" reversed>
        {board.pivots.map((pivot) => (
          <li key={pivot.id}>
            <span>
              <strong>{pivot.title}</strong> {pivot.reason}
            </span>
            <time dateTime={pivot.createdAt}>{new Date(pivot.createdAt).toLocaleDateString()}</time>
          </li>
        ))}
      </ol>
    </>
  );
}

export function MetricPage({ metric, add }: { metric: Metric; add: Add }) {
  return (
    <>
      <h1>
        {metric.name} <Badge metric={metric} />
      </h1>
      <p className="quiet">
        Target: {metric.target} {metric.unit}
      </p>
      <EntryForm label="Add" send={({ value }) => add(`/metrics/${metric.id}/readings`, { value: Number(value) })}>
        <input name="value" aria-label="Value" placeholder="Today's value" type="number" step="any" required />
      </EntryForm>
      <ol className="cards" reversed>
        {metric.readings.map((reading) => (
          <li key={reading.at}>
            <span>{reading.value}</span>
            <time dateTime={reading.at}>{new Date(reading.at).toLocaleString()}</time>
          </li>
        ))}
      </ol>
      <p>
        <Link href="/">The board</Link>
      </p>
    </>
  );
}

function Badge({ metric }: { metric: Metric }) {
  const verdict = verdictOf(metric);
  return <span className={`badge ${verdict.replaceAll(' ', '-')}`}>{verdict}</span>;
}
