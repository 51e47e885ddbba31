using '../../../infra/main.bicep'
extends 'default.bicepparam'

param cognitiveServicesEndpoint = 'https://contoso.cognitiveservices.azure.com/'
param notifySecretUri = 'https://contoso.vault.azure.net/secrets/notify'
param appSettings = { RETENTION_DAYS: '30', ACS_ENDPOINT: 'https://elsewhere.example.com' }
param alwaysReadyInstances = 0
param monthlyBudget = 0
