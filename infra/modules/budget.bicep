metadata description = 'What the resource group may cost in a month. When it costs more, a mail is sent.'

@description('In the currency of the subscription.')
param amount int

@description('First day of the month in which it began.')
param startDate string

@description('Who is written to.')
param email string

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: 'monthly'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: startDate }
    notifications: {
      half: { enabled: true, operator: 'GreaterThan', threshold: 50, contactEmails: [email] }
      most: { enabled: true, operator: 'GreaterThan', threshold: 80, contactEmails: [email] }
      all: { enabled: true, operator: 'GreaterThan', threshold: 100, contactEmails: [email] }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
