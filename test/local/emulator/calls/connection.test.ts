/** How long a call may last. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const DAY_MS = 24 * 3600 * 1000;

test('a call that is not hung up ends after a day, when another starts', async () => {
  await stage.connected();
  await stage.advance(DAY_MS - 300);
  await stage.connected();
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1000);
  await stage.client.createCall({ targetParticipant: { communicationUserId: '8:acs:x' } }, stage.callback);
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
  expect(stage.app.arrivals[0]?.event.data).toMatchObject({ resultInformation: { code: 200, subCode: 0 } });
});
