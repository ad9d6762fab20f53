const stop = new AbortController();

// Next.js waits for open replies on SIGTERM: one that never ends by itself has to be told.
process.once('SIGTERM', () => stop.abort());

export const stopping: AbortSignal = stop.signal;
