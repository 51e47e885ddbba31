import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runScript } from './run-script.ts';

const guid = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

it('lets a pipeline grant and take away the roles of the table, to services, and nothing else', async () => {
  const table = /var roles = \{[^}]*\}/.exec(readFileSync('infra/modules/access.bicep', 'utf8'))?.[0];
  const granted = table?.match(guid) ?? [];

  const { exitCode, stdout } = await runScript('infra/role-condition.ts', {}, {});

  const ids = [...granted].sort().join(', ');
  const rule = (action: string, subject: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR ` +
    `(${subject}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}} AND ` +
    `${subject}[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))`;
  expect(exitCode).toBe(0);
  expect(granted.length).toBeGreaterThan(0);
  expect(stdout).toBe(`${rule('write', '@Request')} AND ${rule('delete', '@Resource')}\n`);
});
