metadata description = 'Who the app is: an identity of its own, so that its roles are there before it is.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.identity
  location: location
  tags: tags
}

@description('By which roles are granted to the app.')
output principalId string = identity.properties.principalId
