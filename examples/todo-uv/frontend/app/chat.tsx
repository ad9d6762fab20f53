'use client';

import { useState, useTransition, type FormEvent } from 'react';
import { call } from '../lib/calls.ts';
import { useSettings } from './settings.tsx';

export function Chat() {
  const { API_URL = '/api' } = useSettings();
  const [pending, start] = useTransition();
  const [answer, setAnswer] = useState<{ text: string; failed: boolean } | null>(null);

  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const message = String(new FormData(event.currentTarget).get('message')).trim();
    start(async () => {
      const { value, error } = await call<{ reply: string }>('POST', `${API_URL}/chat`, { message });
      setAnswer(error === null ? { text: value!.reply, failed: false } : { text: error, failed: true });
    });
  };

  return (
    <>
      <form onSubmit={ask}>
        <input name="message" aria-label="Your question" placeholder="What should I do first?" maxLength={2000} autoComplete="off" required pattern=".*\S.*" />
        <button disabled={pending}>{pending ? 'Asking' : 'Ask'}</button>
      </form>
      {answer && <p role={answer.failed ? 'alert' : 'status'}>{answer.text}</p>}
    </>
  );
}
