/** What telemetry costs where it goes nowhere: a span and a metric against the least that an operation does, one write to storage. */
import { TableClient } from '@azure/data-tables';
import { measureOperation } from '../shared/telemetry/metrics.ts';
import { inSpan, traceToKeep } from '../shared/telemetry/spans.ts';
import { startAzurite } from '../test/support/azurite.ts';

const CALLS = 200_000;
const WRITES = 300;

const at = new Date().toISOString();
const azurite = await startAzurite();
const table = TableClient.fromConnectionString(azurite.connectionString, 'bench', { allowInsecureConnection: true });
await table.createTable();
const write = (rowKey: number) => table.upsertEntity({ partitionKey: 'p', rowKey: String(rowKey) }, 'Replace');

await microsecondsOf(WRITES, write);
const writing = await microsecondsOf(WRITES, write);
const subjects: Record<string, () => unknown> = {
  'an await': async () => {},
  'a span, and the trace to keep': () => inSpan('bench', { callId: 'c' }, async () => void traceToKeep()),
  'a metric': () => measureOperation('bench', 'succeeded', at, at),
};
const rows = { 'a write to storage': row(writing) } as Record<string, ReturnType<typeof row>>;
for (const [name, subject] of Object.entries(subjects)) {
  await microsecondsOf(CALLS, subject);
  rows[name] = row(await microsecondsOf(CALLS, subject));
}
await azurite.close();
console.table(rows);

async function microsecondsOf(count: number, work: (index: number) => unknown): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < count; index += 1) {
    await work(index);
  }
  return ((performance.now() - startedAt) / count) * 1000;
}

function row(microseconds: number) {
  return {
    'µs each': Number(microseconds.toFixed(2)),
    'of a write': `${((microseconds / writing) * 100).toFixed(2)} %`,
  };
}
