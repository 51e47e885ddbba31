using '../../../infra/main.bicep'
extends 'default.bicepparam'

param privateNetwork = true
