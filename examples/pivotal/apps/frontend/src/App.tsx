import { BoardPage, MetricPage } from './BoardPage.tsx';
import { readConfig } from './config.ts';
import { pageOf } from './pages.ts';
import { Link, usePath } from './router.tsx';
import { useBoard } from './use-board.ts';

const config = readConfig();

export function App() {
  const path = usePath();
  return (
    <>
      <header>
        <Link className="brand" href="/">
          {config.title}
        </Link>
      </header>
      <main>
        <CurrentPage path={path} />
      </main>
    </>
  );
}

function CurrentPage({ path }: { path: string }) {
  const { loaded, add, retry } = useBoard(config.apiUrl);
  const page = pageOf(path);
  switch (loaded.state) {
    case 'loading':
      return <p className="quiet" role="status">Loading…</p>;
    case 'failed':
      return (
        <p className="problem" role="alert">
          {loaded.message} <button type="button" onClick={retry}>Try again</button>
        </p>
      );
    case 'loaded': {
      if (page.name === 'board') return <BoardPage board={loaded.board} add={add} />;
      const metric = page.name === 'metric' ? loaded.board.metrics.find((candidate) => candidate.id === page.id) : undefined;
      return metric ? <MetricPage key={metric.id} metric={metric} add={add} /> : <Missing path={path} />;
    }
  }
}

function Missing({ path }: { path: string }) {
  return (
    <>
      <h1>Nothing here</h1>
      <p>
        There is no page at <code>{path}</code>. <Link href="/">Go to the board</Link>
      </p>
    </>
  );
}
