/** What tests of a call's end do to bring it about, and what the call then says. */
import { expect } from 'vitest';
import { type Answer, eventually } from './api.ts';
import { callerId } from './calls.ts';
import type { Switchboard } from './switchboard.ts';

export const callee = '+14255550171';
export const another = '+14255550172';
export const elsewhere = '+14255550173';
export const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000171';
/** What the calls of these tests are made with. */
export const labels = { context: 'order 7', metadata: { ticket: '4711' } };

/** What people and clients do, on a board that is there when the first test runs. */
export function actsOn(board: () => Switchboard) {
  const api: Switchboard['api'] = (...request) => board().api(...request);
  const control = () => board().emulator.control;
  return {
    script: (party: string, onRing: string) => control().put(`parties/${party}`, { onRing }),
    fault: (match: string, action: object) => control().post('faults', { match, do: action }),
    async hangsUp(callId: string, party: string) {
      const { callConnectionId } = (await api('GET', `calls/${callId}`)).body;
      const rawId = encodeURIComponent(party.startsWith('+') ? `4:${party}` : party);
      await control().post(`calls/${callConnectionId}/participants/${rawId}/hang-up`, {});
    },
    place: (targets: readonly string[]): Promise<Answer> => api('POST', 'calls', { targets, callerId, ...labels }),
    /** The call once it has ended. */
    over: async (callId: string) => {
      const ended = await eventually(
        () => api('GET', `calls/${callId}`),
        ({ body }) => body.endedAt !== undefined,
      );
      return ended.body;
    },
    withRoster: (callId: string, wanted: (roster: { participant: string; status: string }[]) => boolean) =>
      eventually(
        () => api('GET', `calls/${callId}`),
        ({ body }) => wanted(body.roster),
      ),
  };
}

export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
export const participantId = expect.stringMatching(/^p-[\w-]{16}$/);

/** The entry of someone who was called and never joined. */
export const neverJoined = (participant: string, reason: string, status = 'failed') => ({
  participantId,
  participant,
  role: 'target',
  status,
  reason,
  invitedAt: time,
});

/** The entry of someone who was called, joined, and left. */
export const stayed = (participant: string, reason: string) => ({
  ...neverJoined(participant, reason, 'left'),
  joinedAt: time,
  leftAt: time,
});
