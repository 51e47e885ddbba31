metadata description = 'ACS, and the system topic by which Event Grid tells what happens there.'

param suffix string
param tags object
param dataLocation string
param workspaceId string

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: 'acs-${suffix}'
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
  name: 'evgt-${suffix}'
  location: 'global'
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: acs.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource acsLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: acs
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

resource topicLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: topic
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

output acsName string = acs.name
output acsPrincipalId string = acs.identity.principalId
output topicName string = topic.name
output topicPrincipalId string = topic.identity.principalId
