import { InvocationContext } from '@azure/functions';
import { expect, test } from 'vitest';
import { createApp } from '../../../shared/app.ts';
import { readConfig } from '../../../shared/config.ts';
import { queueHandler } from '../../../shared/queues/handler.ts';
import { localSettings } from '../../support/local-settings.ts';

const app = createApp(readConfig(localSettings));

test('a bug in reading does not poison the message: the queue delivers it again', async () => {
  const bug = new TypeError('a bug');
  const handler = queueHandler(app, {
    queue: 'notifications',
    read: () => {
      throw bug;
    },
    take: async () => {},
  });
  await expect(handler({}, new InvocationContext())).rejects.toBe(bug);
});
