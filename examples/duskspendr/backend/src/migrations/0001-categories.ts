export const name = '0001-categories';

export const sql = `
  create table categories (
    name text primary key,
    created_at timestamptz not null default now()
  );
  insert into categories (name) values ('food'), ('home'), ('travel'), ('leisure')`;
