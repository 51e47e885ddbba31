import { describe, expect, it } from 'vitest';
import { edited, openInfra, readFiles } from './files.ts';
import { accessPolicies } from './policies/access.ts';
import { azdPolicies } from './policies/azd.ts';
import { docsPolicies } from './policies/docs.ts';
import { eventPolicies } from './policies/events.ts';
import { keyVaultPolicies } from './policies/key-vault.ts';
import { observabilityPolicies } from './policies/observability.ts';
import { secretPolicies } from './policies/secrets.ts';
import { settingPolicies } from './policies/settings.ts';
import { storagePolicies } from './policies/storage.ts';
import { wiringPolicies } from './policies/wiring.ts';
import { workflowPolicies } from './policies/workflows.ts';

const policies = [
  ...secretPolicies,
  ...storagePolicies,
  ...accessPolicies,
  ...keyVaultPolicies,
  ...eventPolicies,
  ...settingPolicies,
  ...observabilityPolicies,
  ...wiringPolicies,
  ...azdPolicies,
  ...docsPolicies,
  ...workflowPolicies,
];

const files = readFiles();
const infra = openInfra(files);

describe.each(policies)('$name', ({ name, check, broken }) => {
  it('holds', () => {
    expect(check(infra)).toEqual([]);
  });

  it('is the only rule that a change against it breaks', () => {
    const changed = openInfra(edited(files, broken));
    const failing = policies.filter((policy) => policy.check(changed).length > 0);
    expect(failing.map((policy) => policy.name)).toEqual([name]);
  });
});
