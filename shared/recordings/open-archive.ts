/** The parts of the archive, made of the settings. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { Config } from '../config.ts';
import { openContainerFiles } from '../storage/container-files.ts';
import { containerUrlOf } from '../storage/containers.ts';
import { openQueue, poisonQueueName, type Queue, queueName } from '../storage/queues.ts';
import { openRecordingArchive, type RecordingArchive } from '../storage/recording-archive.ts';
import type { FilesMessage } from './file-event.ts';
import { type LinkTo, openLinks } from './link.ts';
import type { Sources } from './source.ts';

export interface Archive {
  readonly archive: RecordingArchive;
  readonly sources: Sources;
  /** The link to a file, where storage signs one. */
  readonly linkTo: LinkTo;
  readonly queue: Queue<FilesMessage>;
  /** Keeps the messages of recordings whose archiving failed. */
  readonly poison: Queue<FilesMessage>;
  /** The pause after a first failure; each further one is twice as long. */
  readonly retrySeconds: number;
  /** Archiving fails after this long: before ACS deletes the files, which it does after 24 hours (ACS-D5). */
  readonly archiveTimeoutSeconds: number;
  /** An attempt that was due so long ago was lost. */
  readonly lostSeconds: number;
  /** A container without files is looked at when its recording has been over for so long. */
  readonly containerSeconds: number;
  /** Whether ACS's copy is deleted once the archive is whole. */
  readonly deleteAtAcs: boolean;
  /** The most bytes of an answer to a request for a range of a file. */
  readonly rangeBytes: number;
}

const container = 'recordings';

/** The address of the archive: the container of its own that it may have, or one in the app's storage. */
export function archiveUrlOf({ storage, tablePrefix, recordings: { containerUrl } }: Config): string {
  return containerUrl ?? containerUrlOf(storage, `${tablePrefix.toLowerCase()}${container}`);
}

/** Opens the archive. No request is made before the first use. */
export function openArchive(config: Config, acs: CallAutomationClient): Archive {
  const { storage, tablePrefix, recordings, acsTimeoutSeconds } = config;
  const { containerUrl: _, contentHosts, linkSeconds, readerSeconds: __, ...rest } = recordings;
  const archive = openRecordingArchive(storage, archiveUrlOf(config), linkSeconds);
  return {
    ...rest,
    archive,
    linkTo: openLinks(archive),
    sources: { acs, containers: openContainerFiles(storage), contentHosts, stallSeconds: acsTimeoutSeconds },
    queue: openQueue(storage, queueName(tablePrefix, 'recording-files')),
    poison: openQueue(storage, poisonQueueName(tablePrefix, 'recording-files')),
  };
}
