/** Who is moved from a call that is not known is one who would be dialed. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkMoved } from '../../../../shared/ledger/commands/moved.ts';
import { moveParticipants } from '../../../../shared/operations/participants/move-participants.ts';
import { aLedger } from '../a-ledger.ts';

test('a number that may not be dialed is not moved from a call that has been removed', async () => {
  const input = { participants: ['+19002345678'], fromCallId: randomUUID() };
  await expect(checkMoved(aLedger(), moveParticipants, input)).rejects.toMatchObject({
    details: { errors: [{ path: 'participants[0]' }] },
  });
});
