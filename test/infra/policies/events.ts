/** Rules about what Event Grid tells the app. */
import { type Expression, elementsOf, textAt, unquoted } from '../bicep.ts';
import { bicepOf, type Infra, resourcesIn, textOf, unlike } from '../files.ts';
import { difference, type Policy } from '../policy.ts';

const file = 'infra/events.bicep';
const type = 'Microsoft.EventGrid/systemTopics/eventSubscriptions';

/** What each subscription has to be. */
const wanted = [
  'Microsoft.Communication.IncomingCall to incomingCall, 3 times in 1 min',
  'Microsoft.Communication.RecordingFileStatusUpdated to recordingFileStatus, 30 times in 1440 min',
];

/** How the loop over them reads its table. */
const loop = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are Bicep's.
  'destination.properties.resourceId': '${app.id}/functions/${one.function}',
  'filter.includedEventTypes': '[one.event]',
  'filter.advancedFilters': 'one.filters',
  'retryPolicy.maxDeliveryAttempts': 'one.attempts',
  'retryPolicy.eventTimeToLiveInMinutes': 'one.minutes',
};

/** The table of subscriptions. */
function subscriptionsIn(infra: Infra): readonly Expression[] {
  return elementsOf(bicepOf(infra, file).vars.find(({ name }) => name === 'subscriptions')?.value);
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
    check: (infra) => {
      const container = bicepOf(infra, file).vars.find(({ name }) => name === 'deadLetterContainer')?.value;
      const made = resourcesIn(infra, 'Microsoft.Storage/storageAccounts/blobServices/containers');
      const wrong = resourcesIn(infra, type).filter(({ body }) => {
        const letters = textAt(body, 'properties.deadLetterWithResourceIdentity.deadLetterDestination.properties');
        return (
          letters !== '{ resourceId: storage.id, blobContainerName: deadLetterContainer }' ||
          textAt(body, 'properties.deadLetterWithResourceIdentity.identity.type') !== 'SystemAssigned' ||
          textAt(body, 'properties.deadLetterDestination') !== undefined
        );
      });
      const isMade = made.some(({ body }) => container && textAt(body, 'name') === unquoted(container));
      return [...wrong.map(({ name }) => name), ...(isMade ? [] : ['no container for dead letters'])];
    },
    broken: { file, from: 'deadLetterWithResourceIdentity: {', to: 'deadLetterDestination: {' },
  },
  {
    name: 'letters are replayed from where they are kept',
    check: (infra) => {
      const kept = /var deadLetterContainer = '([\w-]+)'/.exec(textOf(infra, file))?.[1];
      return textOf(infra, 'infra/replay-dead-letters.ts').includes(`/${kept}\``) ? [] : [`not from ${kept}`];
    },
    broken: { file: 'infra/replay-dead-letters.ts', from: '/dead-letters`', to: '/deadletters`' },
  },
  {
    name: 'each event goes to its function, for as long as it is of use',
    check: (infra) => {
      const found = subscriptionsIn(infra).map((one) => {
        const [event, to] = [textAt(one, 'event'), textAt(one, 'function')];
        return `${event} to ${to}, ${textAt(one, 'attempts')} times in ${textAt(one, 'minutes')} min`;
      });
      const read = Object.entries(loop).flatMap(([path, text]) => unlike(infra, type, `properties.${path}`, text));
      return [...difference(found, wanted), ...read];
    },
    broken: { file, from: '    minutes: 1\n', to: '    minutes: 1440\n' },
  },
  {
    name: 'there is a subscription for each function that takes events',
    check: (infra) => {
      const told = subscriptionsIn(infra).map((one) => textAt(one, 'function') ?? '');
      return difference(told, eventFunctions(infra));
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
      const groups = bicepOf(infra, 'infra/modules/app.bicep').vars.find(({ name }) => name === 'alwaysReadyGroups');
      const known = ['http', 'durable', ...eventFunctions(infra).map((name) => `function:${name}`)];
      const kept = elementsOf(groups?.value).map(unquoted);
      return kept.length === 0 ? ['none'] : kept.filter((name) => !known.includes(name));
    },
    broken: { file: 'infra/modules/app.bicep', from: "'function:incomingCall'", to: "'function:incoming-call'" },
  },
];
