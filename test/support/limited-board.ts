/** The app with limits that tests set, and what they ask of it; another instance has the same tables. */
import { randomUUID } from 'node:crypto';
import { openAcs } from '../../shared/acs/client/client.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { aLedger } from '../shared/ledger/a-ledger.ts';
import { type Answer, eventually } from './api.ts';
import { callerId, guest } from './calls.ts';
import { type Switchboard, startSwitchboard } from './switchboard.ts';
import { withoutTimers } from './wire.ts';

/** What a call gives to wait for a limit. */
export const queue = { queue: { forSeconds: 60 } };

export type LimitedBoard = Awaited<ReturnType<typeof startLimitedBoard>>;

export async function startLimitedBoard() {
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const settings = { ...withoutTimers, ACS_TIMEOUT_SECONDS: '2', TABLE_PREFIX: prefix };
  const board: Switchboard = await startSwitchboard(settings);
  const { api, emulator } = board;

  /** Another instance; its clock may be ahead. */
  const instance = (aheadMs = 0): Ledger =>
    aLedger(
      {
        acs: openAcs({ connectionString: emulator.connectionString, isLocal: true }, 2),
        callbackUrl: (callId) => `${board.url}/api/callbacks/${callId}`,
        now: () => new Date(Date.now() + aheadMs).toISOString(),
      },
      prefix,
    );
  const held = async () => Object.keys((await instance().slots.read()).held);
  const limits = (some: object) => api('PUT', 'limits', some);
  const hangUp = (callId: string) =>
    api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const operation = async (operationId: string) => (await api('GET', `operations/${operationId}`)).body;

  return {
    board,
    instance,
    /** The calls that hold a slot. */
    held,
    limits,
    create: (more: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
      api('POST', 'calls', { targets: [guest], callerId, ...more }, headers),
    hangUp,
    operation,
    settled: (operationId: string) =>
      eventually(
        () => operation(operationId),
        ({ status }) => !['queued', 'accepted', 'sent'].includes(status),
      ),
    /** Ends all calls, and lifts all limits. */
    async reset(): Promise<void> {
      await emulator.control.delete('faults');
      const { items } = (await api('GET', 'calls?limit=200')).body;
      const open = items.filter(({ status }: { status: string }) => ['connecting', 'connected'].includes(status));
      await Promise.all(open.map(({ callId }: { callId: string }) => hangUp(callId)));
      await eventually(held, (ids) => ids.length === 0);
      await limits({});
    },
  };
}
