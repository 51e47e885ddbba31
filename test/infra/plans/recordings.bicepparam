using '../../../infra/main.bicep'
extends 'default.bicepparam'

param recordingsKeepDays = 365
param recordingsImmutableDays = 90
