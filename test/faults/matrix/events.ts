/** Events that no ACS of today sends: some that came before, once more, and some that are malformed. */
import { eventually } from '../../support/api.ts';
import type { AcsRecord } from './record.ts';
import type { Stage } from './stage.ts';

/** ACS's events of these calls once more, as a redelivery of an hour later brings them. */
export async function redeliver(
  { callbacksAt, emulator }: Stage,
  record: AcsRecord,
  calls: readonly string[],
): Promise<void> {
  await record.collect();
  for (const { url, body } of record.eventsOf(calls)) {
    const at = new URL(new URL(url).pathname, callbacksAt);
    await deliver(emulator, at, body);
  }
}

async function headersFor({ control }: Stage['emulator']): Promise<Record<string, string>> {
  const { token } = (await control.post('token', {})) as { token: string };
  return { 'content-type': 'application/json', authorization: `Bearer ${token}` };
}

const malformed: readonly unknown[] = [
  [{ specversion: '1.0', id: '\ud800', type: 'Microsoft.Communication.CallConnected', source: 's', data: null }],
  [
    {
      specversion: '1.0',
      id: 'x',
      type: 'Microsoft.Communication.CallDisconnected',
      source: 's',
      data: { callConnectionId: {} },
    },
  ],
  [{}],
  {},
];

export async function sendMalformed({ callbacksAt, emulator }: Stage, calls: readonly string[]): Promise<void> {
  for (const callId of calls) {
    for (const body of malformed) {
      const at = `${callbacksAt}/api/callbacks/${callId}`;
      await deliver(emulator, at, body);
    }
  }
}

/** As ACS does: again, when no host takes it. */
async function deliver(emulator: Stage['emulator'], at: URL | string, body: unknown): Promise<void> {
  const post = async () => {
    const { ok, status } = await fetch(at, {
      method: 'POST',
      headers: await headersFor(emulator),
      body: JSON.stringify(body),
    });
    return ok || status < 500;
  };
  await eventually(
    () => post().catch(() => false),
    (isTaken) => isTaken,
    60_000,
  );
}
