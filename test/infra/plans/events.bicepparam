using '../../../infra/events.bicep'

param systemTopicName = 'evgt-plan'
param functionAppName = 'func-plan'
param storageAccountName = 'stplan'
param incomingCallTo = '4:+1425,8:acs:'
