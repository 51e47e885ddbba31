metadata description = 'What Event Grid delivers to the app: incoming calls, events of whole calls, and files of recordings.'

// Deployed after the app, because a subscription to a function that does not exist is refused.

import { callEventQueue, deadLetterContainer, incomingCallQueue, recordingFileQueue } from 'modules/names.bicep'

@description('Name of the system topic of ACS.')
param systemTopicName string

@description('Name of the function app.')
param functionAppName string

@description('Name of the storage account with the queues, which takes what could not be delivered as well.')
param storageAccountName string

@description('The called parties whose calls are delivered: prefixes of raw ids (4:+1425, 8:acs:) separated by commas; empty is all.')
param incomingCallTo string

@description('Calls to those who are named.')
var incomingCalls = {
  includedEventTypes: ['Microsoft.Communication.IncomingCall']
  advancedFilters: empty(incomingCallTo)
    ? []
    : [{ operatorType: 'StringBeginsWith', key: 'data.to.rawId', values: split(incomingCallTo, ',') }]
}

@description('A queue is tried again for a day, and keeps what it got for another: after that ACS has no recording any more.')
var untilTomorrow = { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }

@description('How long a queue keeps a message that is not taken.')
var messageSeconds = 86400

@description('What cannot be delivered is written to the container by the identity of the topic.')
var deadLetters = {
  identity: { type: 'SystemAssigned' }
  deadLetterDestination: {
    endpointType: 'StorageBlob'
    properties: { resourceId: storage.id, blobContainerName: deadLetterContainer }
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName
}

// Event Grid changes one subscription of a topic at a time: each waits for the one before.

// Fast, but lost when a host that starts cold does not know its key yet.
resource callToFunction 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'incoming-call'
  properties: {
    destination: {
      endpointType: 'AzureFunction'
      properties: { resourceId: '${app.id}/functions/incomingCall', maxEventsPerBatch: 1 }
    }
    filter: incomingCalls
    // Longer than the pause of five minutes after a 401. A call that is so old is recorded, and rings no more.
    retryPolicy: { maxDeliveryAttempts: 5, eventTimeToLiveInMinutes: 10 }
    deadLetterWithResourceIdentity: deadLetters
  }
}

// Reliable: Event Grid writes to the queue by its identity, whether or not an instance of the app runs.
resource callToQueue 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'incoming-call-queue'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: storage.id
          queueName: incomingCallQueue
          queueMessageTimeToLiveInSeconds: messageSeconds
        }
      }
    }
    filter: incomingCalls
    retryPolicy: untilTomorrow
    deadLetterWithResourceIdentity: deadLetters
  }
  dependsOn: [callToFunction]
}

resource recordingFileToQueue 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'recording-file-queue'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: storage.id
          queueName: recordingFileQueue
          queueMessageTimeToLiveInSeconds: messageSeconds
        }
      }
    }
    filter: { includedEventTypes: ['Microsoft.Communication.RecordingFileStatusUpdated'] }
    retryPolicy: untilTomorrow
    deadLetterWithResourceIdentity: deadLetters
  }
  dependsOn: [callToQueue]
}

// Of every call of the resource for VoIP participants, also one that others make: a back end may have the app join it.
resource callEventToQueue 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'call-event-queue'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: storage.id
          queueName: callEventQueue
          queueMessageTimeToLiveInSeconds: messageSeconds
        }
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.CallStarted'
        'Microsoft.Communication.CallEnded'
        'Microsoft.Communication.CallParticipantAdded'
        'Microsoft.Communication.CallParticipantRemoved'
      ]
    }
    retryPolicy: untilTomorrow
    deadLetterWithResourceIdentity: deadLetters
  }
  dependsOn: [recordingFileToQueue]
}
