/** Puts a recording with a file of any length into the archive of an app, for tests that read it. */
import { randomUUID } from 'node:crypto';
import { newCallRecord } from '../../shared/calls/call.ts';
import { checkedBytes } from '../../shared/recordings/checked-bytes.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { openRecordingArchive } from '../../shared/storage/recording-archive.ts';
import { openRecordingIndex } from '../../shared/storage/recording-index.ts';

const blockBytes = 64 * 1024;

/** Stores a WAV file of silence as an archived recording; resolves to its id. */
export async function archiveRecordingOf(
  lengthBytes: number,
  { connectionString, prefix, containerUrl }: { connectionString: string; prefix: string; containerUrl: string },
): Promise<string> {
  const storage = { connectionString };
  const [callId, recordingId, at] = [randomUUID(), randomUUID(), new Date().toISOString()];
  const folder = `${callId}/${recordingId}/`;
  const file = await openRecordingArchive(storage, containerUrl).write(
    `${folder}chunk-0.wav`,
    'audio/wav',
    checkedBytes({ bytes: silence(lengthBytes) }),
  );
  const chunk = {
    index: 0,
    documentId: 'd',
    contentLocation: 'https://us-api.asm.skype.com/v1/objects/d/content/audio',
  };
  const files = [{ chunk: 0, name: 'chunk-0.wav', contentType: 'audio/wav', lengthBytes, sha256: file.sha256 }];
  const recordings = {
    [recordingId]: {
      acsRecordingId: recordingId,
      createdAt: at,
      moves: [{ at, to: 'stopped' as const }],
      archiving: { folder, chunks: [chunk], since: at, dueAt: at, archivedAt: at, files },
    },
  };
  const call = newCallRecord({ salt: 'salt', callId, direction: 'outbound', createdAt: at, recordings });
  const intent = { operationId: callId, name: 'createCall', callId, fingerprint: '', attemptId: randomUUID() };
  await openCalls(storage, prefix).claim({ ...intent, createdAt: at, dueAt: at, input: {}, about: [] }, call);
  await openRecordingIndex(storage, prefix).add({ recordingId, callId, createdAt: at });
  return recordingId;
}

/** A WAV file: 16-bit PCM, one channel, 16 kHz. */
async function* silence(lengthBytes: number): AsyncGenerator<Uint8Array> {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(lengthBytes - 8, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(lengthBytes - 44, 40);
  yield header;
  for (let left = lengthBytes - header.length; left > 0; left -= blockBytes) {
    yield Buffer.alloc(Math.min(left, blockBytes));
  }
}
