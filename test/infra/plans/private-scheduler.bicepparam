using '../../../infra/main.bicep'
extends 'default.bicepparam'

param durableBackend = 'scheduler'
param schedulerCapacity = 3
param privateNetwork = true
