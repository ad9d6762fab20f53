import { useTicks } from './use-ticks.ts';

export function LivePage({ url }: { url: string }) {
  const { open, ticks } = useTicks(url);
  return (
    <>
      <h1>Live</h1>
      <p className="quiet" role="status">
        <span className={open ? 'lamp on' : 'lamp'} aria-hidden="true" /> {open ? 'Connected: one event a second.' : 'Connecting…'}
      </p>
      <ol className="cards" reversed>
        {ticks.map((tick) => (
          <li key={tick.at}>
            <span>Tick {tick.count}</span>
            <time dateTime={tick.at}>{new Date(tick.at).toLocaleTimeString()}</time>
          </li>
        ))}
      </ol>
    </>
  );
}
