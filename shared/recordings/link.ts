/** The link to a file of the archive, where storage signs one. */
import type { RecordingFile } from '../calls/recording/recording-record.ts';
import { errorName } from '../errors.ts';
import type { Log } from '../log.ts';
import type { RecordingArchive } from '../storage/recording-archive.ts';

/**
 * The address at which clients read a file without credentials; undefined when the app sends the file itself: storage makes
 * no links here, or gave no key for one. The identity may lack the role, which takes minutes to spread after a deployment.
 */
export type LinkTo = (
  log: Pick<Log, 'recordingLinkRefused'>,
  recording: { readonly recordingId: string; readonly folder: string },
  file: RecordingFile,
) => Promise<string | undefined>;

/** Makes links to the files of an archive. */
export function openLinks({ link }: Pick<RecordingArchive, 'link'>): LinkTo {
  return async (log, { recordingId, folder }, { name, contentType }) => {
    try {
      return await link?.(`${folder}${name}`, contentType, `${recordingId}-${name}`);
    } catch (error) {
      log.recordingLinkRefused({ recordingId, error: errorName(error) });
      return undefined;
    }
  };
}
