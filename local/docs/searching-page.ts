/** The page of searches: which filters each list of calls has, which rows a page reads, and what it costs. */
import { type CallListName, callLists } from '../../shared/calls/facets.ts';
import { unsuccessfulStatuses } from '../../shared/calls/operation-life/operation-record.ts';
import { leastBatch, mostExamined } from '../../shared/http/page.ts';
import { orders } from '../../shared/storage/postings.ts';
import { columns } from './columns.ts';

const titles: Readonly<Record<CallListName, string>> = {
  calls: 'Calls: `GET /api/calls`, `POST /api/calls/search`',
  incomingCalls: 'Incoming calls: `GET /api/incoming-calls`, `POST /api/incoming-calls/search`',
};

/** From the table of facets alone. */
export function searchingPage(): string {
  return [
    '# Searching',
    '',
    'Generated from `shared/calls/facets.ts` by `npm run docs`; do not edit.',
    '',
    'A call has a row in the index for each of its values and for each order of time: its status, its direction, each person,',
    'each id. The key of a row is the value, the time and the id of the call; a value is never in clear, but a keyed hash of it. So',
    'a page is a range of keys, and a period (`createdAfter`, `createdBefore`; of incoming calls `receivedAfter`, `receivedBefore`)',
    'narrows that range. Both ends are open: a call of that very moment is not found.',
    '',
    `Orders: ${orders.map((order) => `\`${order}\``).join(', ')}.`,
    '',
    '## What a page costs',
    '',
    'One storage transaction for the rows of up to 200 calls, and one for each call, which is a read of one row. With several',
    'filters the rows of the first one in the tables below are read, and the others are checked on the calls. A call that does',
    'not match costs its read all the same. So that no request reads without bound:',
    '',
    `- a page examines at most ${mostExamined} calls. Then it ends, with a \`nextCursor\` and fewer items than \`limit\`, perhaps none;`,
    `- once calls do not match, rows are read ${leastBatch} or more at a time, so a page costs at most ` +
      `${mostExamined} reads of calls and ${1 + mostExamined / leastBatch} of rows, however many calls are stored.`,
    '',
    'The rows of a new call are written with it. What changes afterwards is written behind the request or the event that changed',
    'it, mostly within milliseconds; what a crash leaves out housekeeping writes within a minute, and the transaction that closes',
    'a call writes all of its rows ([operations](operations.md)). A search checks every row on the call, so it never shows a call',
    'that does not match. `npm run bench:search` prints the costs of each filter with 100,000 calls.',
    '',
    'A query with a number or a name stands in URLs, and thereby in logs of proxies: `POST …/search` takes the same filters,',
    '`limit` and `cursor` in its body.',
    '',
    ...Object.entries(titles).flatMap(([name, title]) => section(name as CallListName, title)),
    '## Operations: `GET /api/operations`',
    '',
    'With `callId` the rows of the call are read: one for each operation that ACS has responded to, written with the response.',
    `Without it those of the operations over all calls whose status is ${unsuccessfulStatuses.map((one) => `\`${one}\``).join(', ')}:`,
    'three rows for each (all, by status, by name), written behind the change that settles it. An operation costs two reads, that of',
    'its intent and that of its progress, and is listed as it is stored: one that is overdue settles when it is read by itself.',
    '',
    '## Recordings and sequences: `GET /api/recordings`, `GET /api/sequences`',
    '',
    'Both have a row for each item in order of age, which `createdAfter` and `createdBefore` narrow to a range, without the two',
    'moments themselves. A page costs one transaction for rows, and one read of the call for each recording, two reads for each',
    'sequence. With `callId`, recordings are in the row of the call: one read; and a sequence has another row under the call that',
    'it was started for, written in the same transaction. `status` is checked on what is read, of at most 500 items a page.',
    '',
  ].join('\n');
}

function section(name: CallListName, title: string): string[] {
  return [
    `## ${title}`,
    '',
    'The most selective first.',
    '',
    ...columns([
      ['filter', 'finds calls by', 'values', 'rows of a call'],
      ['---', '---', '---', '---'],
      ...Object.entries(callLists[name].facets).map(([filter, { description, filter: schema }]) => [
        `\`${filter}\``,
        description,
        valuesOf(schema),
        `${orders.length} for each value`,
      ]),
      ['none', 'all of them', '', String(orders.length)],
    ]),
    '',
  ];
}

function valuesOf(schema: unknown): string {
  if (schema === 'person') {
    return 'a number or raw id';
  }
  const options = Object(schema).options as readonly string[] | undefined;
  return options ? options.map((option) => `\`${option}\``).join(', ') : 'any text';
}
