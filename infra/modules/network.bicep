metadata description = 'A virtual network through which the app reaches its storage, and nobody else does.'

param name string
param location string
param tags object
param storageName string

var services = ['blob', 'queue', 'table']

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
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
}

resource endpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [for service in services: {
  name: '${name}-${service}'
  location: location
  tags: tags
  properties: {
    subnet: { id: '${network.id}/subnets/endpoints' }
    privateLinkServiceConnections: [
      { name: service, properties: { privateLinkServiceId: storage.id, groupIds: [service] } }
    ]
  }
}]

module names 'private-dns.json' = [for (service, index) in services: {
  name: '${name}-dns-${service}'
  params: {
    zoneName: 'privatelink.${service}.${environment().suffixes.storage}'
    networkId: network.id
    endpointName: endpoints[index].name
    tags: tags
  }
}]

output appSubnetId string = '${network.id}/subnets/app'
