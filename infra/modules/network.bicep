metadata description = 'A virtual network through which the app, and nothing else, reaches its storage, Key Vault and scheduler.'

import { Names, Tags } from 'names.bicep'

@description('Names of the deployment.')
param names Names

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Whether there is a scheduler.')
param onScheduler bool

@description('Services of the storage account that the app uses.')
var services = ['blob', 'queue', 'table']

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: names.hostStorage
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: names.keyVault
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = if (onScheduler) {
  name: names.scheduler
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: names.network
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/24'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/26'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.20.0.64/27' }
      }
    ]
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

module storageEndpoints 'private-endpoint.bicep' = [
  for service in services: {
    params: {
      name: '${names.network}-${service}'
      location: location
      tags: tags
      networkName: network.name
      subnetId: network::endpointSubnet.id
      resourceId: storage.id
      groupId: service
      zoneName: 'privatelink.${service}.${environment().suffixes.storage}'
    }
  }
]

module vaultEndpoint 'private-endpoint.bicep' = {
  params: {
    name: '${names.network}-vault'
    location: location
    tags: tags
    networkName: network.name
    subnetId: network::endpointSubnet.id
    resourceId: vault.id
    groupId: 'vault'
    zoneName: 'privatelink.vaultcore.azure.net'
  }
}

module schedulerEndpoint 'private-endpoint.bicep' = if (onScheduler) {
  params: {
    name: '${names.network}-scheduler'
    location: location
    tags: tags
    networkName: network.name
    subnetId: network::endpointSubnet.id
    resourceId: scheduler.id
    groupId: 'scheduler'
    zoneName: 'privatelink.durabletask.io'
  }
}
