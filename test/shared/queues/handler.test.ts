import { InvocationContext } from '@azure/functions';
import { expect, test, vi } from 'vitest';

vi.stubEnv('ACS_CONNECTION_STRING', 'endpoint=http://127.0.0.1:9100/;accesskey=a2V5');
vi.stubEnv('ACS_RESOURCE_ID', 'ac5e0000-0000-4000-8000-00000000e001');
vi.stubEnv('PUBLIC_BASE_URL', 'http://127.0.0.1:7071');
vi.stubEnv('AzureWebJobsStorage', 'UseDevelopmentStorage=true');
// The app reads its settings when it is loaded.
const { queueHandler } = await import('../../../shared/queues/handler.ts');

test('a bug in reading is no fault of the message: the queue gives it again', async () => {
  const bug = new TypeError('a bug');
  const handler = queueHandler({
    queue: 'notifications',
    read: () => {
      throw bug;
    },
    take: async () => {},
  });
  await expect(handler({}, new InvocationContext())).rejects.toBe(bug);
});
