using '../../../infra/main.bicep'
extends 'default.bicepparam'

param cognitiveServicesEndpoint = 'https://contoso.cognitiveservices.azure.com/'
param notifySecretUri = 'https://contoso.vault.azure.net/secrets/notify'
param appSettings = {
  RETENTION_DAYS: '30'
  ACS_ENDPOINT: 'https://elsewhere.example.com'
  AUTH_MODE: 'local'
  ALLOWED_COUNTRIES: '*'
}
param authMode = 'keys'
param apiClientId = ''
param firstApiKeySha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
param alwaysReadyInstances = 0
param zoneRedundant = true
param publicBaseUrl = 'https://calls.contoso.com'
param auditRetentionDays = 730
param deleteLocks = true
param alertWebhookUri = 'https://alerts.contoso.com/switchboard'
param monthlyBudget = 0
