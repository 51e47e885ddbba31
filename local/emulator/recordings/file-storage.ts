/** The storage of a recording's files: ACS's own, or the user's container. */

import { metadataFile } from './file-content.ts';
import type { MediaFile } from './media-file.ts';
import { blobLocation, upload } from './own-container.ts';
import type { RecordingContext } from './recording-context.ts';
import type { RecordingFile } from './recording-file.ts';

/** The host of ACS's storage: SDKs fetch from hosts below asm.skype.com only. */
const STORAGE_HOST = 'us-api.asm.skype.com';

export interface Locations {
  readonly contentLocation: string;
  readonly metadataLocation: string;
  readonly deleteLocation: string;
}

/** Offers the file at the paths that were recorded for video; `audio` for sound is not documented, chosen here. */
export function storeAtService(context: RecordingContext, file: RecordingFile): Locations {
  context.recordings.keep(file);
  const document = `https://${STORAGE_HOST}/v1/objects/${file.documentId}`;
  const view = file.recording.terms.content === 'audioVideo' ? 'video' : 'audio';
  return {
    contentLocation: `${document}/content/${view}`,
    metadataLocation: `${document}/content/acsmetadata`,
    deleteLocation: document,
  };
}

/** Uploads the file and its metadata; rejects when the container refuses them. */
export async function storeInContainer(
  context: RecordingContext,
  file: RecordingFile,
  containerUrl: string,
): Promise<Locations> {
  const names = blobNames(file);
  const put = async (name: string, content: MediaFile): Promise<string> => {
    await upload(containerUrl, name, content);
    const url = blobLocation(containerUrl, name);
    context.log.add({ kind: 'delivery', url, status: 201 });
    return url;
  };
  const contentLocation = await put(names.content, await context.recordings.media(file));
  const metadataLocation = await put(names.metadata, metadataFile(file));
  // ACS deletes nothing from a user's container. The third location is not documented; chosen here: the first again.
  return { contentLocation, metadataLocation, deleteLocation: contentLocation };
}

/** The layout is not documented; chosen here: the one that users of the service report. */
function blobNames({ recording, index }: RecordingFile): { content: string; metadata: string } {
  const { correlationId, recordingId, terms, timeline } = recording;
  const date = new Date(timeline.startedAtMs).toISOString().slice(0, 10).replaceAll('-', '');
  const folder = `${date}/${correlationId}/${recordingId}`;
  const kind = `${terms.content}${terms.format}`.toLowerCase();
  return { content: `${folder}/${index}-${kind}.${terms.format}`, metadata: `${folder}/${index}-acsmetadata.json` };
}
