import { useState, type FormEvent, type ReactNode } from 'react';

/** A form that hands over its fields by name, and says what went wrong. */
export function EntryForm({ label, send, children }: { label: string; send: (entries: Record<string, string>) => Promise<string | undefined>; children: ReactNode }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entries = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    setBusy(true);
    const failed = await send(entries);
    setBusy(false);
    setProblem(failed);
    if (!failed) form.reset();
  };

  return (
    <form onSubmit={submit}>
      {children}
      <button disabled={busy}>{label}</button>
      {problem && <p className="problem" role="alert">{problem}</p>}
    </form>
  );
}
