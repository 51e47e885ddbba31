/** Why an attempt to archive a recording failed. Every trouble may pass: the attempt is repeated until ACS has no files any more. */
import { RestError } from '@azure/core-rest-pipeline';
import type { Trouble } from '../calls/recording-record.ts';
import { AppError } from '../errors.ts';

/** A trouble that we found ourselves. The message is shown to callers, so it names no address. */
export class ArchiveTrouble extends Error {
  override readonly name = 'ArchiveTrouble';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a caller is told of a failure, whatever it was. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ArchiveTrouble || error instanceof AppError) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof RestError && error.statusCode !== undefined) {
    return { code: 'contentRefused', message: `The service answered ${error.statusCode} for a file.` };
  }
  return { code: 'contentInterrupted', message: 'A file could not be read to its end.' };
}
