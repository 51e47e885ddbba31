import { expect, test } from 'vitest';
import { builtIns } from '../../../../shared/sequences/built-in/index.ts';
import { fail, finish, start, succeed } from './line.ts';

const input = { ...builtIns.find(({ name }) => name === 'roomCall')?.example };

test('a room call goes through everything, and is left', () => {
  const line = start('roomCall', input);
  finish(line, succeed);
  expect(line.names).toEqual([
    'connectCall',
    'addParticipant',
    'sendDtmfTones',
    'startRecording',
    'pauseRecording',
    'resumeRecording',
    'stopRecording',
    'removeParticipant',
    'hangUp',
  ]);
  expect(line.commands.at(-1)?.input).toEqual({});
  expect(line.state.result).toMatchObject({ outcome: 'answered', recordingId: expect.any(String) });
});

test('a room whose number does not answer is left', () => {
  const line = start('roomCall', input);
  finish(line, (ask) => (ask.operation === 'addParticipant' ? fail(ask) : succeed(ask)));
  expect(line.names).toEqual(['connectCall', 'addParticipant', 'hangUp']);
  expect(line.state.result).toMatchObject({ outcome: 'declined', error: { code: 'addParticipantFailed' } });
});

test('a room that cannot be joined fails the sequence, and leaves nothing to do', () => {
  const line = start('roomCall', input, ['connectCall', 'hangUp']);
  expect(line.status).toBe('failed');
  expect(line.state.steps.hangUp?.status).toBe('skipped');
});

test('a step that fails ends the recording, and the room is left', () => {
  const line = start('roomCall', input);
  finish(line, (ask) => (ask.operation === 'pauseRecording' ? fail(ask) : succeed(ask)));
  expect(line.names.slice(-3)).toEqual(['stopRecording', 'removeParticipant', 'hangUp']);
  expect(line.status).toBe('failed');
});
