/** What the methods of recordings need: a recording that runs, is paused, or has ended, and where its file is. */

import type { Scene } from './row.ts';

export const reportsStates = ({ stage }: Scene) => ({
  recordingStateCallbackEndpointUrl: `${stage.app.url}/recording-states`,
});

export const connectionId = async ({ connection }: Scene) =>
  (await connection.getCallConnectionProperties()).callConnectionId ?? '';

/** Starts to record the call to Anna; the id of the recording. */
export async function recording(scene: Scene, options = {}): Promise<string> {
  const callConnectionId = await connectionId(scene);
  const { recordingId = '' } = await scene.recording.start({ callConnectionId, ...reportsStates(scene), ...options });
  await scene.stage.advance(0);
  return recordingId;
}

export async function paused(scene: Scene): Promise<string> {
  const recordingId = await recording(scene);
  await scene.recording.pause(recordingId);
  await scene.stage.advance(0);
  return recordingId;
}

export async function stopped(scene: Scene): Promise<string> {
  const recordingId = await recording(scene, { recordingFormat: 'wav' });
  await scene.stage.advance(1000);
  await scene.recording.stop(recordingId);
  await scene.stage.advance(1000);
  return recordingId;
}

/** Where the event of a stopped recording says that its file is, or can be deleted. */
export function stored(location: 'contentLocation' | 'deleteLocation') {
  return async (scene: Scene): Promise<string> => {
    await stopped(scene);
    const data = scene.grid.of('RecordingFileStatusUpdated')[0]?.event.data as unknown as {
      recordingStorageInfo: { recordingChunks: Record<string, string>[] };
    };
    return data.recordingStorageInfo.recordingChunks[0]?.[location] ?? '';
  };
}
