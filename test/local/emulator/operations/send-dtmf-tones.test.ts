/** sendDtmfTones: tones towards a phone, and every way in which sending them ends. */

import { expect, test } from 'vitest';
import { onMediaStage, under } from '../media-stage.ts';
import { ANNA, BOB, refusalOf, USER, who } from '../stage.ts';

const stage = onMediaStage();

test('sending takes its time for each tone', async () => {
  const media = (await stage.connected()).getCallMedia();
  const answered = await media.sendDtmfTones(['one', 'two', 'pound'], who(ANNA), under('mine'));
  await stage.advance(3 * 250 - 1);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(answered).toMatchObject({ operationContext: 'mine' });
  expect(stage.reported()).toEqual([['SendDtmfTonesCompleted', 0, 'mine']]);
});

test('the same request sent twice is answered as before and sends once', async () => {
  const { callConnectionId } = await (await stage.connected()).getCallConnectionProperties();
  const send = () =>
    stage.send(
      'POST',
      `/calling/callConnections/${callConnectionId}:sendDtmfTones`,
      { tones: ['one'], targetParticipant: { rawId: `4:${ANNA}` } },
      { 'repeatability-request-id': '6f1c0f9a-2f57-4b53-9d0c-5a6f1c0f9a11' },
    );
  const [first, second] = [await send(), await send()];
  await stage.advance(1000);

  expect([first.status, second.status]).toEqual([202, 202]);
  expect(first.headers.get('repeatability-result')).toBe('accepted');
  expect(stage.app.kinds()).toEqual(['SendDtmfTonesCompleted']);
});

test.for([
  ['to a user', ['one'], USER],
  ['without tones', [], ANNA],
  ['with 19 tones', new Array(19).fill('one'), ANNA],
  ['with a tone that no keypad has', ['hash'], ANNA],
] as const)('sending %s is 400/8523', async ([, tones, party]) => {
  const media = (await stage.connected(party)).getCallMedia();

  expect(await refusalOf(media.sendDtmfTones([...tones] as never, who(party)))).toMatchObject({
    status: 400,
    code: '8523',
  });
});

test('sending to a phone that is not there, or that hangs up, fails with 8558', async () => {
  await stage.script(BOB, { waitMs: 500 }, { hangUp: true });
  const connection = await stage.connected();
  await stage.joined(connection, BOB);
  await connection.getCallMedia().sendDtmfTones(['one'], who('+14255550133'), under('absent'));
  await connection.getCallMedia().sendDtmfTones(new Array(18).fill('one'), who(BOB), under('leaves'));
  await stage.advance(5000);

  expect(stage.reported()).toEqual([
    ['SendDtmfTonesFailed', 8558, 'absent'],
    ['SendDtmfTonesFailed', 8558, 'leaves'],
    ['ParticipantsUpdated', 0],
  ]);
});

test('what is being sent when all is canceled, or when the call ends, fails', async () => {
  const connection = await stage.connected();
  await connection.getCallMedia().sendDtmfTones(new Array(18).fill('one'), who(ANNA), under('canceled'));
  await stage.advance(100);
  await connection.getCallMedia().cancelAllOperations();
  await stage.advance(0);
  await connection.getCallMedia().sendDtmfTones(new Array(18).fill('one'), who(ANNA), under('ended'));
  await connection.hangUp(true);
  await stage.advance(5000);

  expect(stage.reported()).toEqual([
    ['SendDtmfTonesFailed', 8508, 'canceled'],
    ['SendDtmfTonesFailed', 8528, 'ended'],
    ['CallDisconnected', 7000, 'created'],
  ]);
});
