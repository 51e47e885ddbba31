/** Opens the files that an event names. The event is external input, so it does not decide where credentials are sent. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import { type Content, openContent } from '../acs/client/recording-content.ts';
import type { RecordingRecord } from '../calls/recording/recording-record.ts';
import type { ContainerFiles } from '../storage/container-files.ts';
import { ArchiveError } from './archive-failure.ts';
import { isBelow, isOfHosts } from './locations.ts';

/** What files are read with. */
export interface Sources {
  readonly acs: CallAutomationClient;
  readonly containers: ContainerFiles;
  /** Hosts of ACS's storage: a name, or a suffix with a leading dot. */
  readonly contentHosts: readonly string[];
  /** The attempt fails when no byte of a file arrives for this long. */
  readonly stallSeconds: number;
}

/** Opens a file at ACS, or in the caller's container if the recording went there, and nowhere else. */
export async function openSource(
  sources: Sources,
  { destinationUrl }: RecordingRecord,
  location: string,
): Promise<Content> {
  const stall = openStallTimeout(sources.stallSeconds);
  const opening = isBelow(location, destinationUrl)
    ? sources.containers.open(location, stall.signal)
    : openAtAcs(sources, location, stall.signal);
  const content = await stall.wait<Content | undefined>(opening);
  if (!content) {
    throw new ArchiveError('contentMissing', 'The container does not have a file that the event names.');
  }
  return { ...content, bytes: inTime(content.bytes, stall) };
}

async function openAtAcs({ acs, contentHosts }: Sources, location: string, abortSignal: AbortSignal): Promise<Content> {
  if (!isOfHosts(location, contentHosts)) {
    throw new ArchiveError('contentHostRefused', 'The event names a host from which no recordings are read.');
  }
  return openContent(acs, location, abortSignal);
}

/** A timeout that restarts at each wait. */
function openStallTimeout(seconds: number) {
  const stalled = new AbortController();
  return {
    signal: stalled.signal,
    async wait<T>(awaited: Promise<T>): Promise<T> {
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        reject(new ArchiveError('contentStalled', `No byte of the file arrived for ${seconds} s.`));
        stalled.abort();
      }, seconds * 1000);
      return Promise.race([awaited, late]).finally(() => clearTimeout(timer));
    },
  };
}

/** The bytes, each part of them in time; how long the reader takes in between does not count. */
async function* inTime(
  bytes: AsyncIterable<Uint8Array>,
  { wait }: ReturnType<typeof openStallTimeout>,
): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  try {
    for (let part = await wait(parts.next()); !part.done; part = await wait(parts.next())) {
      yield part.value;
    }
  } finally {
    await parts.return?.();
  }
}
