metadata description = 'Locks on what cannot be restored: it can be deleted only after its lock.'

import { Names } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('What a lock is for.')
var notes = 'Calls, recordings, evidence, keys and telephone numbers are gone with it. Delete this lock first.'

resource hostStorage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.hostStorage
}

resource recordingsStorage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.recordingsStorage
}

resource auditWorkspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.auditWorkspace
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: names.keyVault
}

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: names.acs
}

resource ofHostStorage 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: hostStorage
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: notes }
}

resource ofRecordings 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: recordingsStorage
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: notes }
}

resource ofEvidence 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: auditWorkspace
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: notes }
}

resource ofVault 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: vault
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: notes }
}

resource ofAcs 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: acs
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: notes }
}
