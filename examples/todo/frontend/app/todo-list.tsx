'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition, type FormEvent } from 'react';
import { call } from '../lib/calls.ts';
import type { Todo } from '../lib/todos.ts';
import { useSettings } from './settings.tsx';

export function TodoList({ todos }: { todos: Todo[] }) {
  const { API_URL = '/api' } = useSettings();
  const router = useRouter();
  const [pending, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);

  const change = (method: string, path: string, body?: object, after?: () => void) =>
    start(async () => {
      const { error } = await call(method, `${API_URL}/todos${path}`, body);
      setProblem(error);
      if (error === null) {
        after?.();
        router.refresh(); // the list is the server's
      }
    });

  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entries = new FormData(form);
    const due = String(entries.get('due') ?? '');
    change('POST', '', { title: String(entries.get('title')).trim(), due: due === '' ? null : due }, () => form.reset());
  };

  return (
    <>
      <form onSubmit={add}>
        <input name="title" aria-label="What is to be done" placeholder="What is to be done?" maxLength={200} autoComplete="off" required pattern=".*\S.*" />
        <input name="due" type="date" aria-label="Due" />
        <button disabled={pending}>Add</button>
        {problem && <p role="alert">{problem}</p>}
      </form>
      {todos.length === 0 && <p className="quiet">Nothing to do.</p>}
      <ul>
        {todos.map((todo) => (
          <li key={todo.id} className={todo.done ? 'done' : undefined}>
            <label>
              <input type="checkbox" checked={todo.done} disabled={pending} onChange={() => change('PATCH', `/${todo.id}`, { done: !todo.done })} />
              <span>{todo.title}</span>
            </label>
            {todo.due && <time dateTime={todo.due}>{todo.due}</time>}
            <button className="plain" aria-label={`Remove ${todo.title}`} disabled={pending} onClick={() => change('DELETE', `/${todo.id}`)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
