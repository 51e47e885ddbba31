/** Receives a file event that Event Grid pushes: it goes on the queue, from which Switchboard retries archiving its files. */
import { ZodError } from 'zod';
import type { Invocation } from '../app.ts';
import { refusingInvalid } from '../refused-events.ts';
import { toMessage } from './file-event.ts';

/** Queues the event. One that is malformed or of another resource is acknowledged, and kept on the poison queue. */
export function receiveFileEvent(
  { ledger, archive, poison }: Pick<Invocation, 'ledger' | 'archive' | 'poison'>,
  event: { readonly id: string },
  topic: string | undefined,
): Promise<void> {
  return refusingInvalid(ledger.log, { event: 'RecordingFileStatusUpdated', eventId: event.id }, async () => {
    try {
      await archive.queue.send(toMessage(event, topic));
    } catch (error) {
      if (error instanceof ZodError) {
        await poison['recording-files'](JSON.stringify(event));
      }
      throw error;
    }
  });
}
