/** Puts the archive together from the settings. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import type { Config } from '../config.ts';
import { openContainerFiles } from '../storage/container-files.ts';
import { containerUrlOf } from '../storage/containers.ts';
import { openQueue, poisonQueueName, queueName } from '../storage/queues.ts';
import { openRecordingArchive } from '../storage/recording-archive.ts';
import type { Archive } from './archive.ts';

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
