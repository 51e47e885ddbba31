import { expect, test } from 'vitest';
import { anonymousCaller, type Caller, localCaller, may } from '../../../shared/access/caller.ts';
import { type Role, roles } from '../../../shared/http/roles.ts';

const everyRole = Object.keys(roles) as Role[];
const withRoles = (...given: Role[]): Caller => ({ kind: 'key', id: 'k', roles: given });
const granted = (caller: Caller) => everyRole.filter((role) => may(caller, role));

test.each(everyRole.filter((role) => role !== 'Admin'))('%s grants itself and nothing else', (role) => {
  expect(granted(withRoles(role))).toEqual([role]);
});

test('Admin includes every role but People.See', () => {
  expect(granted(withRoles('Admin'))).toEqual(everyRole.filter((role) => role !== 'People.See'));
  expect(granted(withRoles('Admin', 'People.See'))).toEqual(everyRole);
});

test('the local caller has every role, the anonymous caller none', () => {
  expect(granted(localCaller)).toEqual(everyRole);
  expect(granted(anonymousCaller)).toEqual([]);
});
