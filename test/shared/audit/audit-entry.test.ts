import { expect, test } from 'vitest';
import { auditEntry, auditKindOf } from '../../../shared/audit/audit-entry.ts';
import { auditDays } from '../../../shared/audit/settings.ts';
import { endpoints } from '../../../shared/http/endpoints/index.ts';

const plain = { status: 200, hasShownPeople: false, isHead: false };

test.each(endpoints.filter(({ roles }) => roles.length > 0))(
  '$name is audited as its definition and its answer say',
  (endpoint) => {
    const isChange = endpoint.method !== 'GET' && endpoint.reads === undefined;
    const isRecording = endpoint.reads === 'recording';
    const shown = { ...plain, hasShownPeople: true };
    expect(auditKindOf(endpoint, { ...shown, status: 403 })).toBe('refused');
    expect(auditKindOf(endpoint, plain)).toBe(isChange ? 'change' : isRecording ? 'recording' : undefined);
    expect(auditKindOf(endpoint, shown)).toBe(isChange ? 'change' : isRecording ? 'recording' : 'people');
    expect(auditKindOf(endpoint, { ...shown, isHead: true })).toBe(isChange ? 'change' : undefined);
    expect(auditKindOf(endpoint, { ...shown, status: 404 })).toBe(isChange ? 'change' : undefined);
  },
);

test('only endpoints that read by POST, or read recordings, say what they read', () => {
  expect(endpoints.filter(({ reads }) => reads !== undefined).map(({ name, reads }) => [name, reads])).toEqual([
    ['searchCalls', 'resources'],
    ['searchIncomingCalls', 'resources'],
    ['getRecordingContent', 'recording'],
    ['explainRouting', 'resources'],
  ]);
});

const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const request = {
  at: '2026-11-30T12:00:00.000Z',
  caller: { kind: 'user', id: 'u-1', name: 'Desk', roles: [] },
  kind: 'change',
  endpoint: { name: 'hangUp', method: 'POST', path: 'calls/{callId}/hang-up' },
  path: { callId: id },
  about: { operationId: id, speechModelEndpointId: 'x' },
  status: 202,
  requestId: 'request-0123456789',
} as const;

test('an entry names the caller, the endpoint and the ids in the path and the answer', () => {
  expect(auditEntry(request)).toEqual({
    at: request.at,
    who: 'user:u-1',
    name: 'Desk',
    kind: 'change',
    what: 'hangUp',
    route: 'POST /calls/{callId}/hang-up',
    about: { callId: id, operationId: id },
    status: 202,
    requestId: request.requestId,
  });
});

test('a text that a refused request has in place of an id is left out, and a caller who is not known is local', () => {
  const caller = { kind: 'local', id: '', roles: [] } as const;
  const refused = { ...request, caller, status: 404, path: { callId: '+14255550123', ruleId: id } };
  const { who, name, about } = auditEntry(refused);
  expect({ who, name, about }).toEqual({ who: 'local', name: undefined, about: { ruleId: id, operationId: id } });
});

test('the trail is kept for 400 days unless set, and not at all in local mode', () => {
  const keys = { mode: 'keys', firstKeyHash: undefined, cacheSeconds: 1 } as const;
  expect(auditDays({}, keys)).toBe(400);
  expect(auditDays({}, { mode: 'local' })).toBe(0);
  expect([auditDays({ AUDIT_DAYS: 0 }, keys), auditDays({ AUDIT_DAYS: 7 }, { mode: 'local' })]).toEqual([0, 7]);
});
