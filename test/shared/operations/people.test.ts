/** Every field that names people, over all operations: who may be in a call, who may be called, and who is not supported. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { callee, notSupportedErrors, participant, peopleFields } from '../../../shared/operations/fields/people.ts';
import { operations } from '../../../shared/operations/index.ts';
import type { Operation } from '../../../shared/operations/operation.ts';
import { fieldErrors } from '../../../shared/operations/parse-input.ts';
import { builtIns } from '../../../shared/sequences/built-in/index.ts';
import { orchestrators } from '../../../shared/sequences/orchestrators/index.ts';
import { withPerson } from '../../support/people.ts';

const all: readonly Operation[] = operations;
const takers = [...all, ...builtIns, ...orchestrators];
const fields = takers.flatMap(({ name, input, example }) =>
  peopleFields(input).map(({ path, role }) => ({ name, path, role, input, example })),
);

test('these fields of operations name people', () => {
  const ofOperations = fields.filter(({ name }) => all.some((operation) => operation.name === name));
  expect(ofOperations.map(({ name, path, role }) => `${name}.${path} ${role}`)).toEqual([
    'createCall.targets[] called',
    'redirectCall.target called',
    'transferCall.target called',
    'transferCall.transferee inCall',
    'addParticipant.target called',
    'removeParticipant.participant inCall',
    'muteParticipant.participant inCall',
    'moveParticipants.participants[] inCall',
    'play.to[] inCall',
    'recognize.participant inCall',
    'sendDtmfTones.to inCall',
    'startContinuousDtmfRecognition.participant inCall',
    'stopContinuousDtmfRecognition.participant inCall',
    'hold.participant inCall',
    'unhold.participant inCall',
    'startRecording.channelAffinity[].participant inCall',
  ]);
});

const unnumbered = ['4:anonymous', '4:+14255550123_207ffef6-9444-41fb-92ab-20eacaae2768', '4:14255550123'];

test.each(fields)(
  '$name takes a caller without a number of its own in $path exactly when they are $role: inCall',
  (field) => {
    const { name, path, role, input, example } = field;
    for (const one of unnumbered) {
      const issues = input.safeParse(withPerson(example, path, one)).error?.issues ?? [];
      const messages = issues.flatMap(fieldErrors).filter((error) => error.path.startsWith(path.split('[')[0] ?? ''));
      const expected =
        role === 'called'
          ? [expect.stringContaining('cannot be called')]
          : // ACS mutes no phone.
            name === 'muteParticipant'
            ? ['ACS mutes users only, not phone numbers']
            : [];
      expect(messages.map(({ message }) => message)).toEqual(expected);
    }
  },
);

const others = ['8:orgid:1', '8:teamsvisitor:1', '8:gcch:1', '28:orgid:1', '8:acs:1_2_3', '28:acs:1', '99:later'];

test.each(fields)('$name does not support Teams and unknown kinds in $path', ({ path, input, example }) => {
  const at = path.replaceAll('[]', '[0]');
  for (const one of others) {
    const kind = ['28:acs:1', '99:later'].includes(one)
      ? 'unknown to ACS'
      : 'does not interoperate with Microsoft Teams';
    expect(notSupportedErrors(input, withPerson(example, path, one))).toEqual([
      { path: at, message: expect.stringContaining(kind), code: 'notSupported' },
    ]);
  }
  for (const one of ['8:acs:1_2', '8:spool:1', '+14255550123', ...unnumbered, 'nonsense', 7]) {
    expect(notSupportedErrors(input, withPerson(example, path, one))).toEqual([]);
  }
});

test('people are found wherever a schema nests them, and what has another shape has none', () => {
  const schema = z.object({
    either: z.union([z.object({ who: participant }), z.array(callee)]).optional(),
    later: z.array(z.object({ callee: callee.default('+14255550123') })).prefault([]),
    changed: z
      .object({ one: participant })
      .transform(({ one }) => one)
      .optional(),
  });
  expect(peopleFields(schema)).toEqual([
    { path: 'either.who', role: 'inCall' },
    { path: 'either[]', role: 'called' },
    { path: 'later[].callee', role: 'called' },
    { path: 'changed.one', role: 'inCall' },
  ]);
  const value = { either: ['8:acs:1_2', '8:orgid:1'], later: [{ callee: '28:orgid:2' }] };
  const pathsIn = (input: object) => notSupportedErrors(schema, input).map(({ path }) => path);
  expect(pathsIn(value)).toEqual(['either[1]', 'later[0].callee']);
  expect(pathsIn({ either: { who: '8:orgid:1' }, changed: { one: '28:orgid:2' } })).toEqual([
    'either.who',
    'changed.one',
  ]);
  expect(pathsIn({ later: { callee: '8:orgid:1' } })).toEqual([]);
  fc.assert(fc.property(fc.anything(), (any) => notSupportedErrors(schema, any).length === 0));
});
