import { expect, test } from 'vitest';
import { openGraceTimers } from '../../../../shared/ledger/memory/grace-timers.ts';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a call has one timer at a time, which can be stopped and started again', async () => {
  const timers = openGraceTimers();
  const ran: string[] = [];
  const work = (name: string) => async () => {
    ran.push(name);
  };
  timers.start('call', 1, work('first'));
  timers.start('call', 1, work('second'));
  timers.start('stopped', 1, work('stopped'));
  timers.stop('stopped');
  timers.stop('never started');
  await wait(50);
  timers.start('call', 1, work('third'));
  await wait(50);
  expect(ran).toEqual(['first', 'third']);
});
