using '../../../infra/main.bicep'

param environmentName = 'plan'
param location = 'westeurope'
param acsDataLocation = 'Europe'
param alertEmail = 'operators@contoso.com'
param authMode = 'entra'
param apiClientId = '5c1f3b0e-0000-4000-8000-00000000a91c'
param allowedCountries = 'US,CA'
param nodeVersion = '22'
param instanceMemoryMB = 2048
param maximumInstanceCount = 40
param alwaysReadyInstances = 2
param httpConcurrency = 64
param zoneRedundant = false
param durableBackend = 'storage'
param schedulerCapacity = 0
param privateNetwork = false
param recordingsKeepDays = 0
param recordingsImmutableDays = 0
param appSettings = {}
param logsDailyCapGB = 5
param auditRetentionDays = 365
param deleteLocks = false
param openCallsExpected = 100
param monthlyBudget = 500
param budgetStartDate = '2026-01-01'
