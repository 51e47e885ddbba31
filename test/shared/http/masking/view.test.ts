import { expect, test } from 'vitest';
import * as z from 'zod';
import { anonymousCaller, localCaller } from '../../../../shared/access/caller.ts';
import { AppError } from '../../../../shared/errors.ts';
import { endpoints } from '../../../../shared/http/endpoints/index.ts';
import { maskedFields, viewOf } from '../../../../shared/http/masking/view.ts';

const schema = z.object({ from: z.string() });
const call = { from: '+14255550123' };

test('people are shown with People.See, and masked without', () => {
  expect(viewOf(localCaller, true).show(call, schema)).toBe(call);
  expect(viewOf({ ...anonymousCaller, roles: ['Admin'] }, true).show(call, schema)).toEqual({ from: '+1425•••0123' });
});

test('a view knows whether people were shown, where that is audited', () => {
  const shown = (isAudited: boolean, ...values: readonly unknown[]) => {
    const view = viewOf(localCaller, isAudited);
    for (const value of values) {
      view.show(value, schema);
    }
    return view.hasShownPeople();
  };
  expect(shown(true, {})).toBe(false);
  expect(shown(true, call, {}, call)).toBe(true);
  expect(shown(false, call)).toBe(false);
  const [seeing, blind] = [viewOf(localCaller, true), viewOf(anonymousCaller, true)];
  seeing.expectPeople();
  blind.expectPeople();
  blind.show(call, schema);
  expect([seeing.hasShownPeople(), blind.hasShownPeople()]).toEqual([true, false]);
});

test('a failure keeps its code, ids and headers, and its people are masked', () => {
  const view = viewOf(anonymousCaller, false);
  const details = {
    errors: [{ path: '+14255550123', message: 'got +14255550123' }],
    acsCode: 400,
    acsMessage: 'No "Ada"',
    allow: 'GET',
    operationId: 'o-1',
  };
  const masked = view.failure(new AppError('acsRefused', 'No "Ada" at +14255550123', details));
  expect(masked).toMatchObject({
    code: 'acsRefused',
    message: 'No "•••" at +1425•••0123',
    details: {
      ...details,
      errors: [{ path: '+1425•••0123', message: 'got +1425•••0123' }],
      acsMessage: 'No "•••"',
    },
  });
  const own = new AppError('conflict', 'expected "a" or "b"');
  expect(view.failure(own)).toMatchObject({ message: own.message });
  expect(viewOf(localCaller, false).failure(own)).toBe(own);
  const defect = new TypeError('x');
  expect(view.failure(defect)).toBe(defect);
});

test('bytes are those of recordings, of events that the view shows, and of the audit trail, which names no people', () => {
  const ofBytes = endpoints.filter(({ success }) => success.some(({ contentTypes }) => contentTypes !== undefined));
  expect(ofBytes.map(({ name }) => name)).toEqual(['followCalls', 'followCall', 'getRecordingContent', 'exportAudit']);
});

test('what stands for a hidden text is found anywhere in a body', () => {
  const body = { a: [{ b: '•••' }, 'x'], c: { d: '+1425•••0123' }, e: 1, f: null, g: 'no •••' };
  expect(maskedFields(body).map(({ path }) => path)).toEqual(['a[0].b', 'c.d']);
});
