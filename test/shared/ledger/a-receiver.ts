/** Builds a notifier that tells one webhook of everything, and keeps what it was told. */
import type { CloudEvent } from '../../../shared/webhooks/cloud-event.ts';
import type { Notifier } from '../../../shared/webhooks/notifier.ts';

export interface ToldNotifier extends Notifier {
  readonly told: CloudEvent[];
  /** While true, the queue takes nothing. */
  isDown: boolean;
}

export function aToldNotifier(): ToldNotifier {
  const notifier: ToldNotifier = {
    told: [],
    isDown: false,
    sweepAfterSeconds: 60,
    notifyUrlErrors: () => [],
    address: async (news) => news.map(({ event }) => ({ event, receivers: [{ webhookId: 'crm' }] })),
    hasSettlementSubscriber: async () => true,
    async send(letters) {
      if (notifier.isDown) {
        throw new Error('the queue is away');
      }
      notifier.told.push(...letters.map(({ event }) => event));
    },
  };
  return notifier;
}
