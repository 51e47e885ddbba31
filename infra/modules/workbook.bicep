metadata description = 'The workbook on which operators look at calls; its queries are explained in docs/operate.md.'

param location string
param tags object
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'switchboard')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'ACS Switchboard'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: loadTextContent('workbook.json')
  }
}
