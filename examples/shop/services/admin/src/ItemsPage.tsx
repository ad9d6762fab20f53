import { useState, type FormEvent } from 'react';
import type { Item } from './items.ts';
import { Link } from './router.tsx';
import { useItems, type Items } from './use-items.ts';

export function ItemsPage({ apiUrl }: { apiUrl: string }) {
  const { items, add, retry } = useItems(apiUrl);
  return (
    <>
      <h1>Items</h1>
      <AddItem add={add} />
      <Loaded items={items} retry={retry}>
        {(all) => (all.length === 0 ? <p className="quiet">No items yet. Add the first one.</p> : <ItemList items={all} />)}
      </Loaded>
    </>
  );
}

export function ItemPage({ apiUrl, id }: { apiUrl: string; id: number }) {
  const { items, retry } = useItems(apiUrl);
  return (
    <Loaded items={items} retry={retry}>
      {(all) => {
        const item = all.find((candidate) => candidate.id === id);
        return (
          <>
            <h1>{item?.name ?? `Item ${id}`}</h1>
            <p className="quiet">{item ? <>Added <Time of={item} /></> : 'There is no such item.'}</p>
            <p>
              <Link href="/">All items</Link>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

function Loaded({ items, retry, children }: { items: Items; retry: () => void; children: (all: Item[]) => React.ReactNode }) {
  switch (items.state) {
    case 'loading':
      return <p className="quiet" role="status">Loading…</p>;
    case 'failed':
      return (
        <p className="problem" role="alert">
          {items.message} <button type="button" onClick={retry}>Try again</button>
        </p>
      );
    case 'loaded':
      return children(items.items);
  }
}

function AddItem({ add }: { add: (name: string) => Promise<string | undefined> }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const failed = await add(name.trim());
    setBusy(false);
    setProblem(failed);
    if (!failed) setName('');
  };

  return (
    <form onSubmit={submit}>
      <input aria-label="Name" placeholder="A new item" maxLength={200} required pattern=".*\S.*" value={name} onChange={(event) => setName(event.target.value)} />
      <button disabled={busy}>Add</button>
      {problem && <p className="problem" role="alert">{problem}</p>}
    </form>
  );
}

function ItemList({ items }: { items: Item[] }) {
  return (
    <ul className="cards">
      {items.map((item) => (
        <li key={item.id}>
          <Link href={`/items/${item.id}`}>{item.name}</Link>
          <Time of={item} />
        </li>
      ))}
    </ul>
  );
}

function Time({ of }: { of: Item }) {
  return <time dateTime={of.createdAt}>{new Date(of.createdAt).toLocaleString()}</time>;
}
