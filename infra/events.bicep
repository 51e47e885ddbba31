metadata description = 'What Event Grid tells the app: calls that come in, and files of recordings.'

// Deployed after the app, because a subscription to a function that does not exist is refused.

import { deadLetterContainer } from 'modules/names.bicep'

@description('Name of the system topic of ACS.')
param systemTopicName string

@description('Name of the function app.')
param functionAppName string

@description('Name of the storage account that takes what could not be delivered.')
param storageAccountName string

@description('Whose calls are announced: beginnings of raw ids (4:+1425, 8:acs:) between commas; empty is all.')
param incomingCallTo string

@description('Which events go to which function, and for how long.')
var subscriptions = [
  {
    name: 'incoming-call'
    event: 'Microsoft.Communication.IncomingCall'
    function: 'incomingCall'
    filters: empty(incomingCallTo)
      ? []
      : [
          { operatorType: 'StringBeginsWith', key: 'data.to.rawId', values: split(incomingCallTo, ',') }
        ]
    // Whoever calls hangs up before a fourth attempt; a call that was announced a minute ago rings no more.
    attempts: 3
    minutes: 1
  }
  {
    name: 'recording-file-status'
    event: 'Microsoft.Communication.RecordingFileStatusUpdated'
    function: 'recordingFileStatus'
    filters: []
    // ACS keeps a recording for a day.
    attempts: 30
    minutes: 1440
  }
]

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName
}

// Event Grid changes one subscription of a topic at a time.
@batchSize(1)
resource eventSubscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for one in subscriptions: {
    parent: topic
    name: one.name
    properties: {
      destination: {
        endpointType: 'AzureFunction'
        properties: { resourceId: '${app.id}/functions/${one.function}', maxEventsPerBatch: 1 }
      }
      filter: { includedEventTypes: [one.event], advancedFilters: one.filters }
      retryPolicy: { maxDeliveryAttempts: one.attempts, eventTimeToLiveInMinutes: one.minutes }
      deadLetterWithResourceIdentity: {
        identity: { type: 'SystemAssigned' }
        deadLetterDestination: {
          endpointType: 'StorageBlob'
          properties: { resourceId: storage.id, blobContainerName: deadLetterContainer }
        }
      }
    }
  }
]
