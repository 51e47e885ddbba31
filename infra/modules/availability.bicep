metadata description = 'Whether the app answers, seen from outside, and an alert when it does not.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Address at which the app is called.')
param url string

@description('From where it is called. An alert needs two of them to fail: one may be down itself.')
var places = ['emea-nl-ams-azr', 'us-va-ash-azr', 'apac-sg-sin-azr']

resource appInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.appInsights
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' existing = {
  name: names.actionGroup
}

resource health 'Microsoft.Insights/webtests@2022-06-15' = {
  name: names.webTest
  location: location
  // By this tag Azure knows to which component the results belong.
  tags: { ...tags, 'hidden-link:${appInsights.id}': 'Resource' }
  kind: 'standard'
  properties: {
    Kind: 'standard'
    Name: 'health'
    SyntheticMonitorId: names.webTest
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [for place in places: { Id: place }]
    Request: { HttpVerb: 'GET', RequestUrl: '${url}/api/health' }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'app-unavailable'
  location: 'global'
  tags: tags
  properties: {
    severity: 1
    enabled: true
    scopes: [health.id, appInsights.id]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: health.id
      componentId: appInsights.id
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: operators.id }]
  }
}
