/** The end of a stream of events: whatever its client has taken by then, its source is released, and no failure of it is unhandled. */
import { expect, test, vi } from 'vitest';
import { eventStream, type StreamEvent } from '../../../shared/http/event-stream.ts';

const event: StreamEvent = { id: '1', event: 'call', data: {} };
const settings = { seconds: 60, heartbeatSeconds: 60, pollMs: 1 };

/** Takes the `retry` and one event of a stream, and leaves while the source has read ahead. */
async function leaveAfterOne(batches: () => AsyncGenerator<readonly StreamEvent[]>): Promise<void> {
  const stream = eventStream(
    { batches, show: (data) => data, isOver: () => false },
    settings,
    new AbortController().signal,
  );
  await stream.next();
  await stream.next();
  await new Promise((resolve) => setImmediate(resolve));
  await stream.return(undefined);
}

test('a client that leaves while a batch waits for it releases the source', async () => {
  const released = vi.fn();
  await leaveAfterOne(async function* () {
    try {
      for (;;) {
        yield [event];
      }
    } finally {
      released();
    }
  });
  await vi.waitFor(() => expect(released).toHaveBeenCalledOnce());
});

test('a source that fails after the client has left fails nothing else', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  try {
    await leaveAfterOne(async function* () {
      yield [event];
      throw new Error('storage is unavailable');
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).not.toHaveBeenCalled();
  } finally {
    process.off('unhandledRejection', unhandled);
  }
});
