import { app, input, output } from '@azure/functions';

const handler = () => ({});
const connection = 'NoSuchStorage';

/** Apps that cannot be served; the setting REFUSED says which one this is. */
const apps: Readonly<Record<string, () => void>> = {
  blobTrigger: () => app.storageBlob('pictures', { path: 'in/{name}', connection, handler }),
  entity: () => app.generic('counter', { trigger: { type: 'entityTrigger', name: 'context' }, handler }),
  input: () => app.get('reads', { extraInputs: [input.storageBlob({ path: 'a/b', connection })], handler }),
  output: () => app.get('writes', { extraOutputs: [output.storageBlob({ path: 'a/b', connection })], handler }),
  retry: () =>
    app.generic('again', {
      trigger: { type: 'eventGridTrigger', name: 'event' },
      retry: { strategy: 'fixedDelay', maxRetryCount: 1, delayInterval: 1 },
      handler,
    }),
  sameName: () => {
    app.get('twin', { route: 'one', handler });
    app.get('Twin', { route: 'two', handler });
  },
  sameRoute: () => {
    app.get('first', { route: 'calls/{id}', handler });
    app.http('second', { methods: ['POST', 'GET'], route: 'Calls/{callId}', handler });
  },
  unreachable: () => {
    app.get('readOne', { route: 'sequences/built-in', handler });
    app.get('read', { route: 'sequences/{sequenceId}', handler });
  },
  badName: () => app.get('no spaces', { handler }),
  constraint: () => app.get('odd', { route: 'a/{b:prime}', handler }),
  setting: () => app.get('lost', { route: '%NO_SUCH_SETTING%', handler }),
  schedule: () => app.timer('never', { schedule: 'every morning', handler }),
  connection: () => app.storageQueue('unplugged', { queueName: 'q', connection, handler }),
  identity: () => app.storageQueue('byIdentity', { queueName: 'q', connection: 'Identity', handler }),
  unreachableQueue: () => app.storageQueue('remote', { queueName: 'q', connection: 'Unreachable', handler }),
  hub: () => app.generic('work', { trigger: { type: 'activityTrigger', name: 'input' }, handler }),
  nothing: () => {},
  throws: () => {
    throw new Error('broken module');
  },
  throwsLate: () => {
    app.get('registered', { handler });
    throw new Error('broken module');
  },
};

apps[process.env.REFUSED ?? '']?.();
