/** Builds a notifier with one webhook for all events, which records what it is sent. */
import type { CloudEvent } from '../../../shared/webhooks/cloud-event.ts';
import type { Notifier } from '../../../shared/webhooks/notifier.ts';

export interface RecordingNotifier extends Notifier {
  readonly sent: CloudEvent[];
  /** While true, the queue is unavailable. */
  isDown: boolean;
}

export function aRecordingNotifier(): RecordingNotifier {
  const notifier: RecordingNotifier = {
    sent: [],
    isDown: false,
    sweepAfterSeconds: 60,
    sealedUrl: async () => 'enc.key.text',
    notifyUrlErrors: () => [],
    address: async (notifications) => notifications.map(({ event }) => ({ event, receivers: [{ webhookId: 'crm' }] })),
    hasSettlementSubscriber: async () => true,
    async send(messages) {
      if (notifier.isDown) {
        throw new Error('the queue is unavailable');
      }
      notifier.sent.push(...messages.map(({ event }) => event));
    },
  };
  return notifier;
}
