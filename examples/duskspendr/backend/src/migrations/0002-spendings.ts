export const name = '0002-spendings';

// Cents, so that sums are exact.
export const sql = `
  create table spendings (
    id integer generated always as identity primary key,
    amount integer not null check (amount > 0),
    category text not null references categories (name),
    note text,
    spent_on date not null,
    created_at timestamptz not null default now()
  );
  create index spendings_by_day on spendings (spent_on)`;
