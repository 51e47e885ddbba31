metadata description = 'Where logs, traces and metrics go, with a daily cap, and evidence, without. All by identity only.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Gigabytes a day after which no more logs are taken.')
param dailyCapGB int

@description('Days for which it can be found out who read, changed or deleted what.')
param auditRetentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: names.workspace
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyCapGB }
  }
}

// Apart from the logs: an attacker who fills their daily cap would otherwise leave no trace.
resource auditWorkspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: names.auditWorkspace
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: auditRetentionDays
    features: { disableLocalAuth: true }
    // No cap.
    workspaceCapping: { dailyQuotaGb: -1 }
  }
}

resource appInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: names.appInsights
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}
