import { expect, test } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { createLog } from '../../../../shared/log.ts';
import { reportingFailure } from '../../../../shared/sequences/runtime/reporting-failure.ts';

const ids = { sequenceId: 's', activity: 'advanceSequence' };

test('a failed attempt is logged as an error with the name of the error alone, and thrown on', async () => {
  const logged: unknown[] = [];
  const log = createLog((...entry) => void logged.push(entry));
  const outage = new AppError('storageUnavailable', 'unavailable for +14255550123');
  await expect(reportingFailure(log, ids, () => Promise.reject(outage))).rejects.toBe(outage);
  expect(logged).toEqual([
    ['error', 'Attempt to advance a sequence failed; Durable Functions retries it', { ...ids, error: 'AppError' }],
  ]);
});

test('an attempt that succeeds logs nothing', async () => {
  const logged: unknown[] = [];
  const log = createLog((...entry) => void logged.push(entry));
  expect(await reportingFailure(log, ids, async () => 'done')).toBe('done');
  expect(logged).toEqual([]);
});
