/** Spans where nothing is recorded: work is done as if there were none. */
import { expect, test } from 'vitest';
import { inKeptTrace, inSpan, linkTo, traceToKeep } from '../../../shared/telemetry/spans.ts';

const kept = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('what work returns and throws comes through, whatever is thrown', async () => {
  expect(await inSpan('work', {}, async () => 'done')).toBe('done');
  expect(await inKeptTrace(kept, 'work', {}, async () => 'done')).toBe('done');
  await expect(inSpan('work', {}, () => Promise.reject('no error'))).rejects.toBe('no error');
});

test('there is no trace to keep, and none to link to', async () => {
  await inSpan('work', {}, async () => {
    linkTo(kept);
    expect(traceToKeep()).toBeUndefined();
  });
});
