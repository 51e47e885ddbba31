metadata description = 'Key Vault with the key that wraps the data keys of the app: storage has its secrets encrypted only.'

import { encryptionKey, Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Only a private endpoint gets in.')
param isPrivate bool

resource auditWorkspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.auditWorkspace
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: names.keyVault
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // Without the key nothing that is encrypted can be read again: no one can delete it before that time.
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

// Older versions stay enabled: they unwrap the data keys of their time.
resource key 'Microsoft.KeyVault/vaults/keys@2025-05-01' = {
  parent: vault
  name: encryptionKey
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    rotationPolicy: {
      lifetimeActions: [{ action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P90D' } }]
    }
  }
}

// Who used, rotated or disabled the key.
#disable-next-line use-recent-api-versions // The only stable version, of 2016, knows no categories by resource.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: auditWorkspace.id
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}
