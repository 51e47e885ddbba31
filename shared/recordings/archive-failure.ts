/** Why an attempt to archive a recording failed. Each is treated as transient: it is retried until ACS has deleted the files. */
import { RestError } from '@azure/core-rest-pipeline';
import type { ArchiveFailure } from '../calls/recording/recording-record.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { AppError } from '../errors.ts';

/** A failure that Switchboard detected. Callers see the message, so it names no address. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The failure as callers see it. */
export function archiveFailureOf(error: unknown): ArchiveFailure {
  if (error instanceof ArchiveError || error instanceof AppError) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof RestError && error.statusCode !== undefined) {
    return { code: 'contentRefused', message: `The service answered ${error.statusCode} for a file.` };
  }
  return { code: 'contentInterrupted', message: 'A file could not be read to its end.' };
}

/** The timeline entry of a recording that failed. */
export function failedEntry(
  recordingId: string,
  { at, code, message }: ArchiveFailure & { at: string },
): TimelineEntry {
  return { at, kind: 'recordingFailed', recordingId, why: code, message };
}
