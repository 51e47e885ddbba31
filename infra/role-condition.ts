/**
 * Prints the condition under which a pipeline may grant roles: those that the Bicep files grant, to identities of
 * services. For `az role assignment create --condition`. Without it the pipeline's identity could grant itself Owner.
 */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runToEnd } from './az.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The Bicep files have no other ids than those of built-in roles. */
const roles = new Set(
  globSync('**/*.bicep', { cwd: folder }).flatMap(
    (file) => readFileSync(`${folder}/${file}`, 'utf8').match(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g) ?? [],
  ),
);

/** An assignment that is made is in the request, one that is removed is the resource. */
const subjects = { write: '@Request', delete: '@Resource' };

const conditions = Object.entries(subjects).map(([action, subject]) => {
  const assignment = (attribute: string) => `${subject}[Microsoft.Authorization/roleAssignments:${attribute}]`;
  const isOfBicep = `${assignment('RoleDefinitionId')} ForAnyOfAnyValues:GuidEquals {${[...roles].sort().join(', ')}}`;
  const isOfService = `${assignment('PrincipalType')} ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}`;
  return `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (${isOfBicep} AND ${isOfService}))`;
});

await runToEnd(async () => console.log(conditions.join(' AND ')));
