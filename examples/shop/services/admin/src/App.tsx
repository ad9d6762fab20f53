import { readConfig } from './config.ts';
import { ItemPage, ItemsPage } from './ItemsPage.tsx';
import { LivePage } from './LivePage.tsx';
import { pageOf } from './pages.ts';
import { Link, usePath } from './router.tsx';

const config = readConfig();

export function App() {
  const path = usePath();
  return (
    <>
      <header>
        <Link className="brand" href="/">
          {config.title}
        </Link>
        <nav>
          <NavLink href="/" path={path}>Items</NavLink>
          <NavLink href="/live" path={path}>Live</NavLink>
        </nav>
      </header>
      <main>
        <CurrentPage path={path} />
      </main>
    </>
  );
}

function CurrentPage({ path }: { path: string }) {
  const page = pageOf(path);
  switch (page.name) {
    case 'items':
      return <ItemsPage apiUrl={config.apiUrl} />;
    case 'item':
      return <ItemPage apiUrl={config.apiUrl} id={page.id} />;
    case 'live':
      return <LivePage url={`${config.apiUrl}/events`} />;
    case 'missing':
      return (
        <>
          <h1>Nothing here</h1>
          <p>
            There is no page at <code>{path}</code>. <Link href="/">Go to the items</Link>
          </p>
        </>
      );
  }
}

function NavLink({ href, path, children }: { href: string; path: string; children: string }) {
  return (
    <Link href={href} aria-current={path === href ? 'page' : undefined}>
      {children}
    </Link>
  );
}
