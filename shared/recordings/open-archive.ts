/** The parts of the archive, made of the settings. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { Config } from '../config.ts';
import { openContainerFiles } from '../storage/container-files.ts';
import { containerUrlOf } from '../storage/containers.ts';
import { openQueue, poisonQueueName, type Queue, queueName } from '../storage/queues.ts';
import { openRecordingArchive, type RecordingArchive } from '../storage/recording-archive.ts';
import type { FilesMessage } from './file-event.ts';
import type { Sources } from './source.ts';

export interface Archive {
  readonly archive: RecordingArchive;
  readonly sources: Sources;
  readonly queue: Queue<FilesMessage>;
  /** Keeps the messages of recordings whose archiving failed. */
  readonly poison: Queue<FilesMessage>;
  /** The pause after a first failure; each further one is twice as long. */
  readonly retrySeconds: number;
  /** Archiving fails after this long: before ACS deletes the files, which it does after 24 hours (ACS-D5). */
  readonly archiveTimeoutSeconds: number;
  /** An attempt that was due so long ago was lost. */
  readonly lostSeconds: number;
  /** Whether ACS's copy is deleted once the archive is whole. */
  readonly deleteAtAcs: boolean;
}

const container = 'recordings';

/** Opens the archive. No request is made before the first use. */
export function openArchive(config: Config, acs: CallAutomationClient): Archive {
  const { storage, tablePrefix, recordings, acsTimeoutSeconds } = config;
  const { containerUrl, contentHosts, ...rest } = recordings;
  const url = containerUrl ?? containerUrlOf(storage, `${tablePrefix.toLowerCase()}${container}`);
  return {
    ...rest,
    archive: openRecordingArchive(storage, url),
    sources: { acs, containers: openContainerFiles(storage), contentHosts, stallSeconds: acsTimeoutSeconds },
    queue: openQueue(storage, queueName(tablePrefix, 'recording-files')),
    poison: openQueue(storage, poisonQueueName(tablePrefix, 'recording-files')),
  };
}
