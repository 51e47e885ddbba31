using '../../../infra/main.bicep'
extends 'default.bicepparam'

param durableBackend = 'scheduler'
