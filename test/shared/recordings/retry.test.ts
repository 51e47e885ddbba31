import { RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { ArchiveError, archiveFailureOf } from '../../../shared/recordings/archive-failure.ts';
import { pauseSeconds } from '../../../shared/recordings/retry.ts';

test('the pause doubles with each attempt, up to an hour', () => {
  expect([0, 1, 2, 8, 9, 30].map((attempt) => pauseSeconds(10, attempt))).toEqual([10, 20, 40, 2560, 3600, 3600]);
  expect(pauseSeconds(0, 5)).toBe(0);
});

test.each([
  [new ArchiveError('contentEmpty', 'The file has no bytes.'), 'contentEmpty', 'The file has no bytes.'],
  [new AppError('storageUnavailable', 'Storage is unavailable.'), 'storageUnavailable', 'Storage is unavailable.'],
  [new RestError('at https://secret', { statusCode: 403 }), 'contentRefused', 'The service answered 403 for a file.'],
  [new RestError('at https://secret'), 'contentInterrupted', 'A file could not be read to its end.'],
  [new TypeError('our bug'), 'contentInterrupted', 'A file could not be read to its end.'],
])('%s is reported as %s, without what is not for callers', (error, code, message) => {
  expect(archiveFailureOf(error)).toEqual({ code, message });
});
