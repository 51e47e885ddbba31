using '../../../infra/main.bicep'
extends 'default.bicepparam'

param cognitiveServicesEndpoint = 'https://contoso.cognitiveservices.azure.com/'
param notifySecretUri = 'https://contoso.vault.azure.net/secrets/notify'
param appSettings = { RETENTION_DAYS: '30', ACS_ENDPOINT: 'https://elsewhere.example.com' }
param alwaysReadyInstances = 0
param zoneRedundant = true
param publicBaseUrl = 'https://calls.contoso.com'
param auditRetentionDays = 730
param deleteLocks = true
param alertWebhookUri = 'https://alerts.contoso.com/switchboard'
param monthlyBudget = 0
