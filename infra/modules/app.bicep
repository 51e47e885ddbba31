metadata description = 'The function app on Flex Consumption, which reaches everything by its identity.'

import { encryptionKey, Names, packageContainer, recordingsContainer, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Major version of Node.js.')
param nodeVersion string

@description('Memory of one instance.')
param instanceMemoryMB int

@description('The most instances that the app may scale out to.')
param maximumInstanceCount int

@description('Instances kept warm for each group that scales by itself.')
param alwaysReadyInstances int

@description('Requests that one instance takes at once, before there is another.')
param httpConcurrency int

@description('Keeps instances in more than one zone.')
param isZoneRedundant bool

@description('Address at which ACS and clients reach the app; empty is that which Azure gives it.')
param publicBaseUrl string

@description('How callers of the API are known.')
@allowed(['entra', 'keys'])
param authMode string

@description('Application (client) id of the app registration of the API; empty without one.')
param apiClientId string

@description('Tenant whose users and apps may call the API.')
param entraTenantId string

@description('SHA-256 hash of the first API key; empty is none.')
param firstApiKeySha256 string

@description('Countries whose numbers are dialed; * is every one.')
param allowedCountries string

@description('Whether Durable Task Scheduler keeps the state of orchestrations, and not Azure Storage.')
param onScheduler bool

@description('Whether the app reaches its storage through the virtual network, and not over the internet.')
param onPrivateNetwork bool

@description('Endpoint of an Azure AI services resource; empty is none.')
param cognitiveServicesEndpoint string

@description('URI of the Key Vault secret that signs notifications; empty is none.')
param notifySecretUri string

@description('Further settings of the app.')
param appSettings { *: string }

@description('Largest body that the platform reads, in bytes: above that of the app, which answers 413 where the platform answers 500, and as large as an event of Event Grid may be.')
var maxRequestBytes = 1048576

@description('Flex Consumption scales HTTP and Durable Functions as groups, any other trigger by itself: a caller would wait for four cold starts.')
var alwaysReadyGroups = ['http', 'durable', 'function:incomingCall', 'function:incomingCallFromQueue']

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identity
}

resource acs 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: names.acs
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.hostStorage
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: names.keyVault
}

resource recordingsStorage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.recordingsStorage
}

resource appInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.appInsights
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = if (onScheduler) {
  name: names.scheduler
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = if (onPrivateNetwork) {
  name: names.network

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: names.plan
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true, zoneRedundant: isZoneRedundant }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: names.app
  location: location
  // azd finds by the tag where the service `app` of azure.yaml goes.
  tags: { ...tags, 'azd-service-name': 'app' }
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: onPrivateNetwork ? network::appSubnet.id : null
    // Flex Consumption refuses most of the rest (ARM 51021), ftpsState among it: it has no FTP.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
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
      // Instances finish what they have started; Recreate, the default, cuts it off.
      #disable-next-line BCP037 // `az functionapp update-strategy` sets it; the types do not know it yet.
      siteUpdateStrategy: { type: 'RollingUpdate' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
        alwaysReady: [
          for group in (alwaysReadyInstances == 0 ? [] : alwaysReadyGroups): {
            name: group
            instanceCount: alwaysReadyInstances
          }
        ]
      }
    }
  }
}

// A password would be a second way in, beside roles.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'scm'
  properties: { allow: false }
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: {
    // Every trace, unless appSettings ask for fewer: by default the host keeps five a second, and the app with it.
    OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
    OTEL_TRACES_SAMPLER_ARG: '1.0'
    // Recordings are read from storage and not through the app, unless appSettings say otherwise.
    RECORDING_REDIRECT: 'true'
    ...appSettings
    // After appSettings, so that no setting there lets in callers who are not known.
    AUTH_MODE: authMode
    ...(authMode == 'entra' ? { ENTRA_TENANT_ID: entraTenantId, ENTRA_AUDIENCE: apiClientId } : {})
    ...(empty(firstApiKeySha256) ? {} : { FIRST_API_KEY_SHA256: firstApiKeySha256 })
    ALLOWED_COUNTRIES: allowedCountries
    ACS_ENDPOINT: 'https://${acs.properties.hostName}'
    ACS_RESOURCE_ID: acs.properties.immutableResourceId
    ACS_EVENT_TOPIC: acs.id
    PUBLIC_BASE_URL: empty(publicBaseUrl) ? 'https://${site.properties.defaultHostName}' : publicBaseUrl
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: string(maxRequestBytes)
    EVENT_GRID_CALL_EVENTS: 'true'
    AZURE_CLIENT_ID: identity.properties.clientId
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsStorage__accountName: hostStorage.name
    // Without a version, so that a rotation needs no deployment.
    ENCRYPTION_KEY_URL: '${vault.properties.vaultUri}keys/${encryptionKey}'
    RECORDINGS_CONTAINER_URL: '${recordingsStorage.properties.primaryEndpoints.blob}${recordingsContainer}'
    APPLICATIONINSIGHTS_CONNECTION_STRING: appInsights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    ...(empty(cognitiveServicesEndpoint) ? {} : { COGNITIVE_SERVICES_ENDPOINT: cognitiveServicesEndpoint })
    ...(empty(notifySecretUri) ? {} : { NOTIFY_SECRET: '@Microsoft.KeyVault(SecretUri=${notifySecretUri})' })
    ...(onScheduler
      ? {
          DURABLE_TASK_SCHEDULER_CONNECTION_STRING: join(
            [
              'Endpoint=${scheduler!.properties.endpoint}'
              'Authentication=ManagedIdentity'
              'ClientID=${identity.properties.clientId}'
            ],
            ';'
          )
        }
      : {})
  }
}

@description('Address of the app.')
output url string = 'https://${site.properties.defaultHostName}'
