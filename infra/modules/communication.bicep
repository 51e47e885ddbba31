metadata description = 'ACS, and the system topic by which Event Grid publishes its events.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Tags of every resource.')
param tags Tags

@description('Geography of the data that ACS keeps.')
param dataLocation string

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.workspace
}

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: names.acs
  location: 'global'
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    dataLocation: dataLocation
    // A leaked key opens nothing.
    disableLocalAuth: true
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: names.topic
  location: 'global'
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: acs.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

#disable-next-line use-recent-api-versions // The only stable version, of 2016, knows no categories by resource.
resource acsLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: acs
  name: 'logs'
  properties: {
    workspaceId: workspace.id
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions // The only stable version, of 2016, knows no categories by resource.
resource topicLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: topic
  name: 'logs'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

@description('By which roles are granted to ACS.')
output acsPrincipalId string = acs.identity.principalId
