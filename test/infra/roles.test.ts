import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { roles } from '../../shared/http/roles.ts';

interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly description: string;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
}

test('the app registration has the roles of the API, for users and for apps, each with an id of its own', () => {
  const appRoles: readonly AppRole[] = JSON.parse(readFileSync('infra/roles.json', 'utf8'));
  const described = Object.entries(roles).map(([role, text]) => [role, text.replaceAll('`', '')]);
  expect(appRoles.map(({ value, description }) => [value, description])).toEqual(described);
  expect(new Set(appRoles.map(({ id }) => id)).size).toBe(described.length);
  for (const { allowedMemberTypes, isEnabled } of appRoles) {
    expect({ allowedMemberTypes, isEnabled }).toEqual({ allowedMemberTypes: ['User', 'Application'], isEnabled: true });
  }
});
