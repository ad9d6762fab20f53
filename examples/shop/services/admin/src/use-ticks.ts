import { useEffect, useState } from 'react';

export interface Tick {
  count: number;
  at: string;
}

const kept = 8;
const patience = 3000; // ms until the next attempt after an answer that EventSource gives up on, such as 502

/** The latest server-sent events, the newest first, and whether the stream is open. */
export function useTicks(url: string): { open: boolean; ticks: Tick[] } {
  const [open, setOpen] = useState(false);
  const [ticks, setTicks] = useState<Tick[]>([]);

  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource(url);
      source.onopen = () => setOpen(true);
      source.addEventListener('tick', (event: MessageEvent<string>) => {
        const tick = JSON.parse(event.data) as Tick;
        setTicks((before) => [tick, ...before].slice(0, kept));
      });
      source.onerror = () => {
        setOpen(false);
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, patience);
      };
    };
    connect();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [url]);

  return { open, ticks };
}
