metadata description = 'Everything that a deployment of ACS Switchboard needs, in a resource group of its own.'

// The subscriptions of Event Grid follow in events.bicep, once the functions are there.

targetScope = 'subscription'

import { namesWith } from 'modules/names.bicep'

@description('Name of the environment; names of resources are made of it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region; Flex Consumption must be offered there.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Geography of the data that ACS keeps, such as Europe or United States. It cannot be changed later.')
param acsDataLocation string

@description('Who is written to by alerts and by the budget.')
param alertEmail string

@description('How callers of the API are known: by tokens of Microsoft Entra, or by API keys.')
@allowed(['entra', 'keys'])
param authMode string

@description('Application (client) id of the app registration of the API, the audience of the tokens that callers send; needed with entra.')
param apiClientId string = ''

@description('Tenant whose users and apps may call the API; empty is that of the subscription.')
param entraTenantId string = ''

@description('SHA-256 hash of the first API key, which makes the others, in hexadecimal digits; empty is none.')
param firstApiKeySha256 string = ''

@description('Countries whose numbers are dialed, such as US,CA; * is every one.')
@minLength(1)
param allowedCountries string

@description('Major version of Node.js, as text.')
param nodeVersion string

@description('Memory of one instance of the app.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('The most instances that the app may scale out to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances kept warm for each of HTTP, Durable Functions and incoming calls; 0 costs a cold start.')
@minValue(0)
param alwaysReadyInstances int

@description('Requests that one instance takes at once, before there is another.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Keeps instances in more than one zone: two of every group and function, always, at their price.')
param zoneRedundant bool

@description('Address at which ACS and clients reach the app, where something stands in front of it; empty is its own.')
param publicBaseUrl string = ''

@description('Where Durable Functions keeps its state. The package must be built for the same one.')
@allowed(['storage', 'scheduler'])
param durableBackend string

@description('Dedicated capacity units of Durable Task Scheduler; 0 is its Consumption plan.')
@minValue(0)
@maxValue(3)
param schedulerCapacity int

@description('Closes storage, Key Vault and scheduler of the app to the internet: a virtual network and private endpoints.')
param privateNetwork bool

@description('Days until a recording is deleted; 0 keeps it for ever.')
@minValue(0)
param recordingsKeepDays int

@description('Days in which no one can change or delete a recording; 0 is none. Only for a new account.')
@minValue(0)
param recordingsImmutableDays int

@description('Endpoint of an Azure AI services resource, for prompts from text and for speech; empty is none.')
param cognitiveServicesEndpoint string = ''

@description('URI of the Key Vault secret that signs what is sent to a notifyUrl; empty refuses notifyUrl.')
param notifySecretUri string = ''

@description('Further settings of the app, by the names of the README.')
param appSettings { *: string }

@description('Gigabytes of logs a day after which no more are taken.')
@minValue(1)
param logsDailyCapGB int

@description('Days for which it can be found out who read, changed or deleted recordings, calls and packages.')
@minValue(30)
@maxValue(730)
param auditRetentionDays int

@description('Keeps storage, evidence and ACS from being deleted by mistake. The deploying identity must be allowed to lock.')
param deleteLocks bool

@description('URI that alerts are posted to, beside the mail; empty is none.')
@secure()
param alertWebhookUri string = ''

@description('More calls than this at once raise an alert.')
@minValue(1)
param openCallsExpected int

@description('Budget of a month in the currency of the subscription; 0 is none.')
@minValue(0)
param monthlyBudget int

@description('First day of the month in which the budget began: an output that azd gives back, as it cannot change.')
param budgetStartDate string = ''

@description('The month of this deployment, for a budget that starts with it.')
param thisMonth string = utcNow('yyyy-MM-01')

@description('Names of everything in the resource group.')
var names = namesWith(uniqueString(subscription().id, environmentName, location))

@description('azd finds the group by its tag.')
var tags = { 'azd-env-name': environmentName }

@description('When the budget started, or starts.')
var budgetStart = empty(budgetStartDate) ? thisMonth : budgetStartDate

@description('Whether Durable Task Scheduler keeps the state of orchestrations.')
var onScheduler = durableBackend == 'scheduler'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { names: names, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    dailyCapGB: logsDailyCapGB
    auditRetentionDays: auditRetentionDays
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  scope: group
  params: { names: names, location: location, tags: tags, isPrivate: privateNetwork }
  dependsOn: [monitoring]
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: { names: names, location: location, tags: tags, isPrivate: privateNetwork }
  dependsOn: [monitoring]
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: { names: names, location: location, tags: tags, onScheduler: onScheduler }
  dependsOn: [hostStorage, keyVault, scheduler]
}

module recordings 'modules/recordings-storage.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    keepDays: recordingsKeepDays
    immutableDays: recordingsImmutableDays
  }
  dependsOn: [monitoring]
}

module communication 'modules/communication.bicep' = {
  scope: group
  params: { names: names, tags: tags, dataLocation: acsDataLocation }
  dependsOn: [monitoring]
}

module scheduler 'modules/scheduler.bicep' = if (onScheduler) {
  scope: group
  params: { names: names, location: location, tags: tags, capacity: schedulerCapacity, isPrivate: privateNetwork }
  dependsOn: [identity]
}

module access 'modules/access.bicep' = {
  scope: group
  params: { names: names }
  dependsOn: [identity, communication, hostStorage, keyVault, recordings, monitoring]
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    httpConcurrency: httpConcurrency
    isZoneRedundant: zoneRedundant
    publicBaseUrl: publicBaseUrl
    authMode: authMode
    apiClientId: authMode == 'entra' && empty(apiClientId)
      ? fail('API_CLIENT_ID is needed: the app registration of the API, by which callers are known. docs/deploy.md says how to create it. AUTH_MODE keys needs none')
      : apiClientId
    entraTenantId: empty(entraTenantId) ? tenant().tenantId : entraTenantId
    firstApiKeySha256: firstApiKeySha256
    allowedCountries: allowedCountries
    onScheduler: onScheduler
    onPrivateNetwork: privateNetwork
    cognitiveServicesEndpoint: cognitiveServicesEndpoint
    notifySecretUri: notifySecretUri
    appSettings: appSettings
  }
  // Without its roles the app would fail at each start.
  dependsOn: [access, network, scheduler]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    email: alertEmail
    webhookUri: alertWebhookUri
    openCallsExpected: openCallsExpected
  }
  dependsOn: [monitoring, communication]
}

module availability 'modules/availability.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    url: empty(publicBaseUrl) ? app.outputs.url : publicBaseUrl
  }
  dependsOn: [monitoring, alerts]
}

module locks 'modules/locks.bicep' = if (deleteLocks) {
  scope: group
  params: { names: names }
  dependsOn: [hostStorage, keyVault, recordings, monitoring, communication]
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: { names: names, location: location, tags: tags }
  dependsOn: [monitoring]
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  scope: group
  params: { amount: monthlyBudget, startDate: budgetStart, email: alertEmail }
}

@description('Resource group of everything else.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Function app.')
output FUNCTION_APP_NAME string = names.app

@description('Address of the function app.')
output FUNCTION_APP_URL string = app.outputs.url

@description('Storage account of the app.')
output STORAGE_ACCOUNT_NAME string = names.hostStorage

@description('System topic of ACS.')
output SYSTEM_TOPIC_NAME string = names.topic

@description('ACS resource.')
output ACS_NAME string = names.acs

@description('Identity of the ACS resource, to be given a role at Azure AI services.')
output ACS_PRINCIPAL_ID string = communication.outputs.acsPrincipalId

@description('Identity of the app, to be given a role at Key Vault.')
output APP_PRINCIPAL_ID string = identity.outputs.principalId

@description('When the budget began.')
output BUDGET_START_DATE string = budgetStart
