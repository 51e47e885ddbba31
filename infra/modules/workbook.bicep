metadata description = 'The workbook on which operators look at calls; its queries are explained in docs/operate.md.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.workspace
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'switchboard')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'ACS Switchboard'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: loadTextContent('workbook.json')
  }
}
