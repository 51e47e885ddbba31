/** Teams users and apps, and unknown kinds, once an operator allows them: they are sent as what they are. */
import { afterAll, beforeAll, expect } from 'vitest';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('sets ALLOW_TEAMS_INTEROP for its host');
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ALLOW_TEAMS_INTEROP: 'true' });
});
afterAll(() => board.close());

test('with ALLOW_TEAMS_INTEROP they are sent as what they are, and ACS decides', async () => {
  const since = await lastEntry(board);
  const people = { '8:orgid:45ab2481': 'microsoftTeamsUser', '28:orgid:1': 'microsoftTeamsApp', '99:later': 'unknown' };
  for (const [one, kind] of Object.entries(people)) {
    const { status, body } = await board.api('POST', 'calls', { targets: [one] });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'acsRefused' });
    const [asked] = (await requestsSince(board, since)).slice(-1);
    expect(asked?.body.targets).toMatchObject([{ kind, rawId: one }]);
    expect(asked?.body.targets[0].communicationUser).toBeUndefined();
  }
});
