import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { openAuditTrail } from '../../../shared/storage/audit.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const entryAt = (day: number) => ({
  at: at(day),
  who: 'key:1',
  kind: 'change' as const,
  what: 'hangUp',
  route: 'POST /calls/{callId}/hang-up',
  about: {},
  status: 202,
  requestId: `request-${day}`,
});

test('entries are listed newest first within a period, and removed when they are older than they are kept', async () => {
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const trail = openAuditTrail({ connectionString: inject('storage') }, prefix, 10);
  for (const day of [1, 5, 9, 9]) {
    await trail.append(entryAt(day));
  }
  const days = async (period: object) =>
    (await trail.page(period, 10, undefined)).items.map((entry) => entry.requestId);
  expect(await days({})).toEqual(['request-9', 'request-9', 'request-5', 'request-1']);
  expect(await days({ after: at(1), before: at(9) })).toEqual(['request-5']);
  await trail.removeExpired(at(12));
  expect(await days({})).toEqual(['request-9', 'request-9', 'request-5']);
  const { items } = await trail.page({}, 10, undefined);
  expect(new Set(items.map(({ auditId }) => auditId)).size).toBe(3);
});
