/** Rules about what Event Grid delivers to the app. */
import { type Infra, planOf, resourcesIn, textOf, unlike } from '../files.ts';
import { elementsAt, type Json, textAt, valueAt } from '../plan.ts';
import { difference, type Policy } from '../policy.ts';

const type = 'Microsoft.EventGrid/systemTopics/eventSubscriptions';
const incomingCall = 'eventSubscriptions/incoming-call';

/** What each subscription has to be. */
const wanted = [
  'IncomingCall to the function incomingCall, 5 times in 10 min',
  'IncomingCall to the queue incoming-calls for 86400 s, 30 times in 1440 min',
  'CallStarted, CallEnded, CallParticipantAdded, CallParticipantRemoved to the queue call-events for 86400 s, 30 times in 1440 min',
  'RecordingFileStatusUpdated to the queue recording-files for 86400 s, 30 times in 1440 min',
];

/** For those who subscribe it themselves, and for dead letters that are replayed. */
const functionsWithoutSubscription = ['callEvent', 'recordingFileStatus'];

/** Where a subscription delivers: a function, or a queue by the identity of the topic. */
function destinationOf(body: Json): string {
  const [pushed, queued] = ['destination', 'deliveryWithResourceIdentity.destination'].map((path) =>
    valueAt(body, `properties.${path}.properties`),
  );
  const isByIdentity = textAt(body, 'properties.deliveryWithResourceIdentity.identity.type') === 'SystemAssigned';
  return pushed || !isByIdentity
    ? `the function ${textAt(pushed, 'resourceId')?.replace(/^.*\//, '')}`
    : `the queue ${textAt(queued, 'queueName')} for ${textAt(queued, 'queueMessageTimeToLiveInSeconds')} s`;
}

/** The functions that are registered so. */
const functionsBy = (pattern: RegExp) => (infra: Infra) =>
  Object.keys(infra.files)
    .filter((path) => path.startsWith('functions/'))
    .flatMap((path) => [...textOf(infra, path).matchAll(pattern)].map(([, name]) => `${name}`));

const eventFunctions = functionsBy(/\bapp\.eventGrid\('(\w+)'/g);
const queueFunctions = functionsBy(/\bapp\.storageQueue\('(\w+)'/g);

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
    name: 'dead letters are replayed from where they are kept',
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
    name: 'each event goes to its function or queue, for as long as it is of use',
    check: (infra) => {
      const found = resourcesIn(infra, type).map(({ body }) => {
        const events = elementsAt(body, 'properties.filter.includedEventTypes')
          .map((name) => `${name}`.split('.').at(-1))
          .join(', ');
        const [attempts, minutes] = ['maxDeliveryAttempts', 'eventTimeToLiveInMinutes'].map((name) =>
          textAt(body, `properties.retryPolicy.${name}`),
        );
        return `${events} to ${destinationOf(body)}, ${attempts} times in ${minutes} min`;
      });
      return difference(found, wanted);
    },
    broken: {
      plan: 'events',
      resource: incomingCall,
      path: 'properties.retryPolicy.eventTimeToLiveInMinutes',
      to: 1,
    },
  },
  {
    name: 'only calls to the named parties are delivered',
    check: (infra) =>
      difference(
        resourcesIn(infra, type).map(({ body }) => textAt(body, 'properties.filter.advancedFilters') ?? 'all'),
        ['[{"operatorType":"StringBeginsWith","key":"data.to.rawId","values":["4:+1425","8:acs:"]}]', 'all'],
      ),
    broken: {
      plan: 'events',
      resource: incomingCall,
      path: 'properties.filter.advancedFilters.0.key',
      to: 'data.to.phone',
    },
  },
  {
    name: 'there is a subscription for each function that takes events, and a queue for each that goes to one',
    check: (infra) => {
      const destinations = resourcesIn(infra, type).map(({ body }) => destinationOf(body));
      const [functions, queues] = [/^the function (.*)$/, /^the queue (\S+)/].map((pattern) =>
        destinations.flatMap((text) => pattern.exec(text)?.[1] ?? []),
      );
      const made = planOf(infra, 'default').resources.filter(({ id }) => id.includes('stplan/queueServices/'));
      return [
        ...difference([...(functions ?? []), ...functionsWithoutSubscription], eventFunctions(infra)),
        ...(queues ?? []).filter((name) => !made.some(({ id }) => id.endsWith(`/queues/${name}`))),
      ];
    },
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
      const functions = [...eventFunctions(infra), ...queueFunctions(infra)];
      const known = ['http', 'durable', ...functions.map((name) => `function:${name}`)];
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
