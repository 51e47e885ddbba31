/** Rules about what Event Grid tells the app. */
import { type Infra, planOf, resourcesIn, textOf, unlike } from '../files.ts';
import { elementsAt, textAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const type = 'Microsoft.EventGrid/systemTopics/eventSubscriptions';
const incomingCall = 'eventSubscriptions/incoming-call';

/** What each subscription has to be. */
const wanted = [
  'Microsoft.Communication.IncomingCall to incomingCall, 3 times in 1 min',
  'Microsoft.Communication.RecordingFileStatusUpdated to recordingFileStatus, 30 times in 1440 min',
];

/** The functions that are sent events. */
function functionsTold(infra: Infra): readonly string[] {
  return resourcesIn(infra, type).map(
    ({ body }) => textAt(body, 'properties.destination.properties.resourceId')?.replace(/^.*\//, '') ?? '',
  );
}

/** The functions with an Event Grid trigger. */
function eventFunctions(infra: Infra): readonly string[] {
  return Object.keys(infra.files)
    .filter((path) => path.startsWith('functions/'))
    .flatMap((path) => [...textOf(infra, path).matchAll(/\bapp\.eventGrid\('(\w+)'/g)])
    .map(([, name]) => `${name}`);
}

export const eventPolicies: readonly Policy[] = [
  {
    name: 'every subscription keeps what it cannot deliver, by identity',
    check: (infra) => [
      ...unlike(
        infra,
        type,
        'properties.deadLetterWithResourceIdentity',
        '{"identity":{"type":"SystemAssigned"},"deadLetterDestination":{"endpointType":"StorageBlob","properties":' +
          '{"resourceId":"Microsoft.Storage/storageAccounts/stplan","blobContainerName":"dead-letters"}}}',
      ),
      ...resourcesIn(infra, type)
        .filter(({ body }) => textAt(body, 'properties.deadLetterDestination') !== undefined)
        .map(({ id }) => `${id} keeps by key`),
      ...(planOf(infra, 'default').resources.some(({ id }) =>
        id.endsWith('stplan/blobServices/default/containers/dead-letters'),
      )
        ? []
        : ['no container for dead letters']),
    ],
    broken: { plan: 'events', resource: incomingCall, path: 'properties.deadLetterWithResourceIdentity.identity.type' },
  },
  {
    name: 'letters are replayed from where they are kept',
    check: (infra) => {
      const kept = resourcesIn(infra, type).map(({ body }) =>
        textAt(body, 'properties.deadLetterWithResourceIdentity.deadLetterDestination.properties.blobContainerName'),
      );
      const replay = textOf(infra, 'infra/replay-dead-letters.ts');
      return kept.filter((name) => !replay.includes(`/${name}\``)).map((name) => `not from ${name}`);
    },
    broken: { file: 'infra/replay-dead-letters.ts', from: '/dead-letters`', to: '/deadletters`' },
  },
  {
    name: 'each event goes to its function, for as long as it is of use',
    check: (infra) => {
      const found = resourcesIn(infra, type).map(({ body }) => {
        const events = elementsAt(body, 'properties.filter.includedEventTypes').join();
        const to = textAt(body, 'properties.destination.properties.resourceId')?.replace(/^.*\//, '');
        const [attempts, minutes] = ['maxDeliveryAttempts', 'eventTimeToLiveInMinutes'].map((name) =>
          textAt(body, `properties.retryPolicy.${name}`),
        );
        return `${events} to ${to}, ${attempts} times in ${minutes} min`;
      });
      return difference(found, wanted);
    },
    broken: {
      plan: 'events',
      resource: incomingCall,
      path: 'properties.retryPolicy.eventTimeToLiveInMinutes',
      to: 1440,
    },
  },
  {
    name: 'only calls to those who are named are told of',
    check: (infra) =>
      difference(
        resourcesIn(infra, type).map(({ body }) => textAt(body, 'properties.filter.advancedFilters') ?? ''),
        ['[{"operatorType":"StringBeginsWith","key":"data.to.rawId","values":["4:+1425","8:acs:"]}]', '[]'],
      ),
    broken: {
      plan: 'events',
      resource: incomingCall,
      path: 'properties.filter.advancedFilters.0.key',
      to: 'data.to.phone',
    },
  },
  {
    name: 'there is a subscription for each function that takes events',
    check: (infra) => difference(functionsTold(infra), eventFunctions(infra)),
    broken: {
      file: 'functions/event-grid.ts',
      from: "app.eventGrid('recordingFileStatus'",
      to: "app.eventGrid('recordingFiles'",
    },
  },
  {
    name: 'instances are kept warm for functions that exist',
    check: (infra) => {
      const kept = resourcesIn(infra, 'Microsoft.Web/sites').flatMap(({ body }) =>
        elementsAt(body, 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady').map(
          (group) => textAt(group, 'name') ?? '',
        ),
      );
      const known = ['http', 'durable', ...eventFunctions(infra).map((name) => `function:${name}`)];
      return kept.length === 0 ? ['none'] : kept.filter((name) => !known.includes(name));
    },
    broken: {
      plan: 'default',
      resource: 'Microsoft.Web/sites/func-plan',
      path: 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady.2.name',
      to: 'function:incoming-call',
    },
  },
];
