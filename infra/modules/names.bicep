metadata description = 'The name of everything that is deployed, and the types that modules share.'

// A name that a module gave as an output would be known only once it is deployed: no plan could say which resource or
// role assignment it stands in.

@export()
@description('Tags of a resource.')
type Tags = {
  @description('What is tagged so.')
  *: string
}

@export()
@description('Names of resources, each unique where Azure wants it.')
type Names = {
  @description('Identity of the app.')
  identity: string

  @description('Storage account of the app.')
  hostStorage: string

  @description('Storage account of recordings.')
  recordingsStorage: string

  @description('Key Vault of the key that protects secrets in storage.')
  keyVault: string

  @description('ACS resource.')
  acs: string

  @description('System topic of ACS.')
  topic: string

  @description('Workspace of logs and metrics.')
  workspace: string

  @description('Workspace of what is evidence: who read, changed or deleted.')
  auditWorkspace: string

  @description('Application Insights.')
  appInsights: string

  @description('Plan of the app.')
  plan: string

  @description('Function app.')
  app: string

  @description('Virtual network.')
  network: string

  @description('Durable Task Scheduler.')
  scheduler: string

  @description('Action group that alerts notify.')
  actionGroup: string

  @description('Test from outside whether the app answers.')
  webTest: string
}

@export()
@description('Names for a deployment, derived from a text that is unique to it.')
func namesWith(suffix string) Names => {
  identity: 'id-${suffix}'
  hostStorage: 'st${suffix}'
  recordingsStorage: 'rec${suffix}'
  keyVault: 'kv-${suffix}'
  acs: 'acs-${suffix}'
  topic: 'evgt-${suffix}'
  workspace: 'log-${suffix}'
  auditWorkspace: 'audit-${suffix}'
  appInsights: 'appi-${suffix}'
  plan: 'plan-${suffix}'
  app: 'func-${suffix}'
  network: 'vnet-${suffix}'
  scheduler: 'dts-${suffix}'
  actionGroup: 'ag-${suffix}'
  webTest: 'health-${suffix}'
}

@export()
@description('Container of the package that the app runs from.')
var packageContainer = 'app-package'

@export()
@description('Container of events that could not be delivered.')
var deadLetterContainer = 'dead-letters'

@export()
@description('Container of recordings.')
var recordingsContainer = 'recordings'

@export()
@description('Key that wraps the data keys of the app.')
var encryptionKey = 'storage'

@export()
@description('Queue of calls that come in.')
var incomingCallQueue = 'incoming-calls'

@export()
@description('Queue of events of whole calls.')
var callEventQueue = 'call-events'

@export()
@description('Queue of files of recordings that are to be archived.')
var recordingFileQueue = 'recording-files'

@export()
@description('Queues of the app; a message that fails too often goes to the one with -poison behind its name.')
var queues = [incomingCallQueue, callEventQueue, recordingFileQueue, 'notifications']
