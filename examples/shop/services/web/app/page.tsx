import { listItems, type ItemList } from '../lib/items.ts';
import { AddItem } from './add-item.tsx';
import { Environment } from './environment.tsx';

export default async function Home() {
  const list = await listItems();
  return (
    <main>
      <h1>shop</h1>
      <section>
        <h2>Items</h2>
        <Items list={list} />
      </section>
      <section>
        <h2>Settings of this environment</h2>
        <Environment />
      </section>
    </main>
  );
}

function Items({ list }: { list: ItemList }) {
  if (list.state === 'absent') {
    return (
      <p className="quiet">
        This site needs no api. With <code>needs: [api]</code> in duskstack.yaml its items are listed here.
      </p>
    );
  }
  if (list.state === 'unreachable') {
    return (
      <p role="alert">
        The api cannot be reached: {list.reason}. <a href="/">Try again</a>
      </p>
    );
  }
  return (
    <>
      <AddItem />
      {list.items.length === 0 && <p className="quiet">Nothing here yet.</p>}
      <ul>
        {list.items.map((item) => (
          <li key={item.id}>
            <span>{item.name}</span>
            <time dateTime={item.createdAt}>{item.createdAt.slice(0, 10)}</time>
          </li>
        ))}
      </ul>
    </>
  );
}
