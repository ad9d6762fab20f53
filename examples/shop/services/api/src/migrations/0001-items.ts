export const name = '0001-items';

export const sql = `
  create table items (
    id integer generated always as identity primary key,
    name text not null,
    created_at timestamptz not null default now()
  )`;
