import { setTimeout as delay } from 'node:timers/promises';
import { app } from '@azure/functions';

/** Answers after `ms`, unless host.json's functionTimeout comes first. */
app.post('slow', {
  handler: async (request, context) => {
    context.warn('started');
    await delay(Number(request.query.get('ms')));
    return { body: 'slow but done' };
  },
});
app.get('leavesRejection', {
  handler: () => {
    void Promise.reject(new Error('not awaited'));
    return { body: 'done' };
  },
});
app.get('chatty', {
  handler: (_request, context) => {
    context.trace('traced');
    return {};
  },
});
