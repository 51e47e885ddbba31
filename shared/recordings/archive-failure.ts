/** Why an attempt to archive a recording failed. Every trouble may pass: the attempt is repeated until ACS has no files any more. */
import { RestError } from '@azure/core-rest-pipeline';
import type { ArchiveFailure } from '../calls/recording/recording-record.ts';
import { AppError } from '../errors.ts';

/** A trouble that we found ourselves. The message is shown to callers, so it names no address. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveTrouble';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a caller is told of a failure, whatever it was. */
export function archiveFailureOf(error: unknown): ArchiveFailure {
  if (error instanceof ArchiveError || error instanceof AppError) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof RestError && error.statusCode !== undefined) {
    return { code: 'contentRefused', message: `The service answered ${error.statusCode} for a file.` };
  }
  return { code: 'contentInterrupted', message: 'A file could not be read to its end.' };
}
