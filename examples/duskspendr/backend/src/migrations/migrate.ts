import { setTimeout as delay } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { loadConfig, serviceName } from '../config.ts';
import { migrations, type Migration } from './list.ts';

const lock = 7_411_086; // any number, the same for everyone who migrates this database
const patience = 30_000;
const startingUp = '57P03';

/** Brings the database up to date. Says what it did on stdout; a failure names the migration and leaves no half of it. */
export async function migrate(): Promise<void> {
  const { databaseUrl } = loadConfig();
  const client = await connect(databaseUrl).catch((error) => fail('cannot connect to the database', error));

  let applied = 0;
  for (const migration of migrations) {
    const fresh = await apply(client, migration).catch((error) => fail(`migration ${migration.name} failed`, error));
    if (!fresh) continue;
    console.log(`applied ${migration.name}`);
    applied++;
  }
  console.log(applied === 0 ? 'the database is up to date' : `${applied} of ${migrations.length} migrations applied`);
  await client.end();
}

/** Each migration is one transaction under a lock. A second process waits for it here, and then finds the migration done. */
async function apply(client: Client, { name, sql }: Migration): Promise<boolean> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock($1)', [lock]);
  await client.query(
    'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
  );
  const { rowCount } = await client.query('select from schema_migrations where name = $1', [name]);
  if (rowCount === 0) {
    await client.query(sql);
    await client.query('insert into schema_migrations (name) values ($1)', [name]);
  }
  await client.query('commit');
  return rowCount === 0;
}

/** The database may start at the same time: waits for it. What it refuses for good (password, name) is not tried again. */
async function connect(connectionString: string): Promise<Client> {
  const deadline = Date.now() + patience;
  for (;;) {
    const client = new Client({ connectionString, application_name: `${serviceName} migrate`, connectionTimeoutMillis: 5000 });
    client.on('error', () => {}); // a lost connection also fails the query under way, which reports it
    try {
      await client.connect();
      return client;
    } catch (error) {
      const refused = error instanceof DatabaseError && error.code !== startingUp;
      if (refused || Date.now() > deadline) throw error;
      await delay(1000);
    }
  }
}

function fail(what: string, error: Error): never {
  // Node reports several addresses that all failed as one error without a text of its own.
  const reason = error instanceof AggregateError ? error.errors.map((each: Error) => each.message).join(', ') : error.message;
  console.error(`${what}: ${reason}`);
  process.exit(1);
}
