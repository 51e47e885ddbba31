metadata description = 'What Event Grid tells the app: calls that come in, and files of recordings.'

// Deployed after the app, because a subscription to a function that does not exist is refused.

@description('Name of the system topic of ACS.')
param systemTopicName string

@description('Name of the function app.')
param functionAppName string

@description('Name of the storage account that takes what could not be delivered.')
param storageAccountName string

@description('Whose calls are announced: beginnings of raw ids (4:+1425, 8:acs:) between commas; empty is all.')
param incomingCallTo string

var deadLetterContainer = 'dead-letters'

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

// Whoever calls hangs up before a fourth attempt; a call that was announced a minute ago rings no more.
resource incomingCall 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'incoming-call'
  properties: {
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${app.id}/functions/incomingCall'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Communication.IncomingCall']
      advancedFilters: empty(incomingCallTo) ? [] : [
        { operatorType: 'StringBeginsWith', key: 'data.to.rawId', values: split(incomingCallTo, ',') }
      ]
    }
    retryPolicy: { maxDeliveryAttempts: 3, eventTimeToLiveInMinutes: 1 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: storage.id, blobContainerName: deadLetterContainer }
      }
    }
  }
}

// ACS keeps a recording for a day.
resource recordingFileStatus 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'recording-file-status'
  properties: {
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${app.id}/functions/recordingFileStatus'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Communication.RecordingFileStatusUpdated']
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: storage.id, blobContainerName: deadLetterContainer }
      }
    }
  }
  // Event Grid changes one subscription of a topic at a time.
  dependsOn: [incomingCall]
}
