metadata description = 'Alerts, and who receives them. docs/operate.md says of each what it means and what to do.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Who is written to.')
param email string

@description('URI that alerts are posted to in their common schema; empty is none. It may hold a key.')
@secure()
param webhookUri string

@description('More calls at once raise an alert.')
param openCallsExpected int

@description('Alerts on deliveries of Event Grid to the app; each is raised when the sum of its window is above the limit.')
var deliveryAlerts = [
  { name: 'event-dead-lettered', severity: 1, metric: 'DeadLetteredCount', minutes: 5, above: 0 }
  { name: 'event-dropped', severity: 1, metric: 'DroppedEventCount', minutes: 5, above: 0 }
  { name: 'event-delivery-failing', severity: 2, metric: 'DeliveryAttemptFailCount', minutes: 15, above: 10 }
]

@description('Where queries begin. A rule whose table has had no row yet, and so does not exist, would be switched off by Azure: each table comes with an empty one of the columns that are read.')
var tables = {
  metrics: 'union isfuzzy=true AppMetrics, (datatable(Name: string, Sum: real, Max: real, ItemCount: int, Properties: dynamic) [])'
  requests: 'union isfuzzy=true AppRequests, (datatable(Name: string, ResultCode: string) [])'
  traces: 'union isfuzzy=true AppTraces, (datatable(Message: string) [])'
  acs: 'union isfuzzy=true ACSCallAutomationIncomingOperations, (datatable(ResultSignature: int) [])'
  // A function of every workspace.
  workspace: '_LogOperation'
}

@description('Each is raised when its query, over its window, answers with a row.')
var logAlerts = [
  {
    name: 'server-errors'
    severity: 2
    minutes: 5
    table: 'requests'
    query: '''
| where toint(ResultCode) >= 500
| summarize failed = count()
| where failed > 5'''
  }
  {
    name: 'callbacks-refused'
    severity: 1
    minutes: 15
    table: 'requests'
    query: '''
| where Name has "callbacks" and ResultCode == "401"
| summarize refused = count()
| where refused > 20'''
  }
  {
    name: 'answering-slow'
    severity: 2
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.incoming_call.to_connected"
| summarize averageMs = sum(Sum) / sum(ItemCount)
| where averageMs > 3000'''
  }
  {
    name: 'operations-failing'
    severity: 2
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.operation.duration"
| extend outcome = tostring(Properties.outcome)
| summarize settled = sum(ItemCount), bad = sumif(ItemCount, outcome in ("failed", "timedOut", "indeterminate"))
| where settled >= 20 and bad * 5 > settled'''
  }
  {
    name: 'sequences-failing'
    severity: 2
    minutes: 15
    table: 'traces'
    // The app's own line: under OpenTelemetry the host has no requests for orchestrations and activities.
    query: '''
| where Message has "Attempt to advance a sequence failed; Durable Functions retries it"
| summarize failed = count()
| where failed > 3'''
  }
  {
    name: 'events-lost'
    severity: 2
    minutes: 60
    table: 'metrics'
    query: '''
| where Name == "switchboard.reconciliations"
| summarize read = sum(Sum)
| where read > 10'''
  }
  {
    name: 'events-refused'
    severity: 1
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.events.refused"
| summarize refused = sum(Sum)
| where refused > 0'''
  }
  {
    name: 'queue-old'
    severity: 2
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.queue.age"
| summarize oldestSeconds = max(Max) by queue = tostring(Properties.queue)
| where oldestSeconds > 300'''
  }
  {
    name: 'message-poisoned'
    severity: 1
    minutes: 15
    table: 'traces'
    query: '''
| where Message has "MaxDequeueCount" or Message has "Queue message does not match its schema; moved to the poison queue"
| take 1'''
  }
  {
    name: 'recording-lost'
    severity: 1
    minutes: 15
    table: 'traces'
    query: '''
| where Message has "Recording failed; no file was archived"
| take 1'''
  }
  {
    name: 'audit-not-stored'
    severity: 1
    minutes: 15
    table: 'traces'
    query: '''
| where Message has "Audit entry could not be stored; this log entry has what it says"
| take 1'''
  }
  {
    name: 'requests-refused'
    severity: 2
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.requests.refused"
| summarize refused = sum(Sum) by code = tostring(Properties.code)
| where refused > 100'''
  }
  {
    name: 'deliveries-failing'
    severity: 3
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.deliveries"
| extend outcome = tostring(Properties.outcome)
| summarize attempts = sum(Sum), bad = sumif(Sum, outcome in ("retried", "failed"))
| where attempts >= 10 and bad * 5 > attempts'''
  }
  {
    name: 'webhook-disabled'
    severity: 2
    minutes: 15
    table: 'metrics'
    query: '''
| where Name == "switchboard.webhooks.disabled"
| summarize disabled = sum(Sum)
| where disabled > 0'''
  }
  {
    name: 'notifications-undelivered'
    severity: 3
    minutes: 60
    table: 'traces'
    query: '''
| where Message has "Delivery failed; the retries of the notification are exhausted"
| summarize undelivered = count()
| where undelivered > 5'''
  }
  {
    name: 'acs-throttling'
    severity: 2
    minutes: 15
    table: 'acs'
    query: '''
| where toint(ResultSignature) == 429
| summarize throttled = count()
| where throttled > 10'''
  }
  {
    name: 'many-calls'
    severity: 1
    minutes: 5
    table: 'metrics'
    query: join(
      [
        '| where Name == "switchboard.calls.open"'
        '| summarize open = max(Max)'
        '| where open > ${openCallsExpected}'
      ],
      '\n'
    )
  }
  {
    name: 'no-data'
    severity: 1
    minutes: 10
    table: 'metrics'
    // Housekeeping counts calls every minute, also when there are none.
    query: '''
| where Name == "switchboard.calls.open"
| summarize counted = count()
| where counted == 0'''
  }
  {
    name: 'logs-capped'
    severity: 2
    minutes: 60
    table: 'workspace'
    query: '''
| where Category =~ "Ingestion" and Detail has "OverQuota"
| take 1'''
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: names.workspace
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: names.topic
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: names.actionGroup
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'switchboard'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
    webhookReceivers: empty(webhookUri) ? [] : [{ name: 'webhook', serviceUri: webhookUri, useCommonAlertSchema: true }]
  }
}

resource ofDeliveries 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for alert in deliveryAlerts: {
    name: alert.name
    location: 'global'
    tags: tags
    properties: {
      severity: alert.severity
      enabled: true
      scopes: [topic.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT${alert.minutes}M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: 'sum'
            criterionType: 'StaticThresholdCriterion'
            metricName: alert.metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: alert.above
          }
        ]
      }
      actions: [{ actionGroupId: operators.id }]
    }
  }
]

resource ofLogs 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in logAlerts: {
    name: alert.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.name
      severity: alert.severity
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT${alert.minutes}M'
      criteria: {
        allOf: [
          {
            query: '${tables[alert.table]}\n${alert.query}'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      // Tables come into being with their first row: the query is not tried now.
      skipQueryValidation: true
      autoMitigate: true
      actions: { actionGroups: [operators.id] }
    }
  }
]
