metadata description = 'Durable Task Scheduler: keeps the state of orchestrations in the place of Azure Storage.'

param name string
param location string
param tags object

@description('Dedicated capacity units; 0 is the Consumption plan.')
param capacity int

// The same file tells Durable Functions in which hub to work.
var hostJson = loadJsonContent('../../host.json')

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: capacity == 0 ? { name: 'Consumption' } : { name: 'Dedicated', capacity: capacity }
    ipAllowlist: ['0.0.0.0/0']
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: hostJson.extensions.durableTask.hubName
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2026-02-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      { orchestrationState: 'Completed', retentionPeriodInDays: 7 }
      { orchestrationState: 'Failed', retentionPeriodInDays: 30 }
      { orchestrationState: 'Terminated', retentionPeriodInDays: 30 }
      { orchestrationState: 'Canceled', retentionPeriodInDays: 7 }
    ]
  }
}

output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHub string = taskHub.name
