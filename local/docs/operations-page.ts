/** The page of operations. */
import { recordingSteps } from '../../shared/calls/recording/recording-steps.ts';
import {
  transactionsOf,
  transactionsPerEvent,
  transactionsPerGracePeriod,
  transactionsPerIndexing,
  transactionsPerSlotChange,
} from '../../shared/operations/cost.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { columns } from './columns.ts';

/** What each operation is, how it settles and what it costs, from the table alone. */
export function operationsPage(table: readonly Operation[]): string {
  return [
    '# Operations',
    '',
    'Generated from `shared/operations/` by `npm run docs`; do not edit.',
    '',
    'Storage transactions are counted from the request to its response; each callback event of ACS costs ' +
      `${transactionsPerEvent} more, the end of a grace period ${transactionsPerGracePeriod} more ` +
      '([the life of an operation](operation-life.md)). `test/contract/storage-cost.test.ts` measures them.',
    '',
    `No request and no event waits for the index behind [searches](searching.md): ${transactionsPerIndexing} transactions follow each ` +
      'write that changes what a call is searched by. Mostly these are the response to the operation that makes it, CallConnected, ' +
      'the first event with someone new, and the end of the call. The rows of a new call are written with its first one. An operation ' +
      'that does not succeed is listed by one more. [The log of events](events.md#the-log-of-events) costs nothing while it is off.',
    '',
    `Where [a limit is counted](how-to/limit-what-can-be-dialled.md) a request that it concerns costs ${transactionsPerSlotChange} more, another one to look for its ` +
      `\`Idempotency-Key\`, and ${transactionsPerSlotChange} follow the end of its call; requests that meet share them. While operations wait, an instance reads their row each ` +
      'second. Where no limit is counted, none of this is read.',
    '',
    ...columns([
      ['operation', 'method and path', 'settled by', 'storage transactions'],
      ['---', '---', '---', '---'],
      ...table.map((operation) => [
        `[\`${operation.name}\`](#${operation.name.toLowerCase()})`,
        `\`${operation.method} /api/${operation.path}\``,
        settledBy(operation),
        transactions(operation),
      ]),
    ]),
    '',
    ...table.flatMap(section),
  ].join('\n');
}

function section(operation: Operation): string[] {
  const { settles, lastsSeconds } = operation;
  const longer = lastsSeconds ? ' on top of the time it may last,' : ',';
  const within =
    'withinSeconds' in settles ? ` After ${settles.withinSeconds} s without it${longer} the call is read at ACS.` : '';
  const needs = needsOf(operation);
  return [
    `## ${operation.name}`,
    '',
    `${operation.summary}.`,
    '',
    ...(needs === undefined ? [] : [needs, '']),
    `Settled by ${settledBy(operation)}.${within}`,
    '',
    ...undoneBy(operation),
    '```json',
    JSON.stringify(operation.example, null, 2),
    '```',
    '',
  ];
}

/** What must be so before ACS is asked. */
function needsOf({ target, allowedIn = ['connected'], recordingStep }: Operation): string | undefined {
  if (recordingStep !== undefined && recordingStep !== 'start') {
    const { from, otherwise } = recordingSteps[recordingStep];
    return `Needs a recording that is ${from.join(' or ')}; otherwise 409 \`${otherwise}\`.`;
  }
  return target === 'call' ? `Needs a call that is ${allowedIn.join(' or ')}.` : undefined;
}

/** The operations that undo it in a sequence, or nothing. */
function undoneBy({ undo }: Operation): string[] {
  const { whileOpen, afterSuccess } = undo === 'none' ? {} : undo;
  const ways = [
    ...(whileOpen ? [`stopped by \`${whileOpen.by.name}\` while it is open`] : []),
    ...(afterSuccess ? [`reversed by \`${afterSuccess.by.name}\` once it succeeded`] : []),
  ];
  return ways.length > 0 ? [`A sequence undoes it: ${ways.join(', ')}.`, ''] : [];
}

function settledBy({ settles }: Operation): string {
  if (settles.by === 'event') {
    return [settles.success, settles.failure, settles.canceled ?? []]
      .filter((kinds) => kinds.length > 0)
      .map((kinds) => kinds.join(', '))
      .join(' / ');
  }
  const by = { response: 'the response of ACS', callEnd: 'the end of the call', participants: 'ParticipantsUpdated' };
  const failures = 'failure' in settles ? (settles.failure ?? []) : [];
  return [by[settles.by], ...failures].join(' / ');
}

function transactions(operation: Operation): string {
  const { usual, most } = transactionsOf(operation);
  return usual === most
    ? `${usual}`
    : `${usual} (${most} when this instance has not met the ${operation.otherCall ? 'second call' : 'recording'})`;
}
