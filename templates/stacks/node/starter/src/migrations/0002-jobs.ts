export const name = '0002-jobs';

export const sql = `
  create table jobs (
    id uuid primary key,
    status text not null,
    text text not null,
    result text,
    created_at timestamptz not null default now()
  );
  create index jobs_queued on jobs (created_at) where status = 'queued'`;
