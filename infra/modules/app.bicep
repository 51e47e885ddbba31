metadata description = 'The function app on Flex Consumption, which reaches everything by its identity.'

param suffix string
param location string
param tags object
param nodeVersion string
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyInstances int
param identityName string
param acsName string
param hostStorageName string
param packageContainer string
param recordingsStorageName string
param recordingsContainer string
param appInsightsName string
param cognitiveServicesEndpoint string
param notifySecretUri string
param appSettings object

@description('Empty where Durable Functions keeps its state in Azure Storage.')
param schedulerEndpoint string

@description('Subnet through which the app reaches its storage; empty is the internet.')
param subnetId string

// Flex Consumption scales HTTP and Durable Functions as groups, any other trigger by itself: three cold starts.
var alwaysReadyGroups = ['http', 'durable', 'function:incomingCall']

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: acsName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: hostStorageName
}

resource recordingsStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: recordingsStorageName
}

resource appInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: appInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${suffix}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-${suffix}'
  location: location
  // azd finds by the tag where the service `app` of azure.yaml goes.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: [for group in (alwaysReadyInstances == 0 ? [] : alwaysReadyGroups): {
          name: group
          instanceCount: alwaysReadyInstances
        }]
      }
    }
  }
}

// A password would be a second way in, beside roles.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = [for door in ['ftp', 'scm']: {
  parent: site
  name: door
  properties: { allow: false }
}]

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: union(appSettings, {
    ACS_ENDPOINT: 'https://${acs.properties.hostName}'
    ACS_RESOURCE_ID: acs.properties.immutableResourceId
    PUBLIC_BASE_URL: 'https://${site.properties.defaultHostName}'
    AZURE_CLIENT_ID: identity.properties.clientId
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsStorage__accountName: hostStorage.name
    RECORDINGS_CONTAINER_URL: '${recordingsStorage.properties.primaryEndpoints.blob}${recordingsContainer}'
    APPLICATIONINSIGHTS_CONNECTION_STRING: appInsights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
  }, empty(cognitiveServicesEndpoint) ? {} : {
    COGNITIVE_SERVICES_ENDPOINT: cognitiveServicesEndpoint
  }, empty(notifySecretUri) ? {} : {
    NOTIFY_SECRET: '@Microsoft.KeyVault(SecretUri=${notifySecretUri})'
  }, empty(schedulerEndpoint) ? {} : {
    DURABLE_TASK_SCHEDULER_CONNECTION_STRING: join([
      'Endpoint=${schedulerEndpoint}'
      'Authentication=ManagedIdentity'
      'ClientID=${identity.properties.clientId}'
    ], ';')
  })
}

output name string = site.name
output url string = 'https://${site.properties.defaultHostName}'
