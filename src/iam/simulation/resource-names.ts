import type { Service } from '../../policy/lint/service-data.ts'

/** What AWS's services define of an action's resources, loaded when somebody simulates: it is half a megabyte. */
export interface ResourceNames {
  /** Can the action be done on a resource of this ARN's service at all? Unknown actions can, on anything. */
  fits(action: string, resource: string): boolean
  /** EvalResourceName of an action that was tried on several resources. */
  templateOf(action: string): string
}

export async function loadResourceNames(): Promise<ResourceNames> {
  const { serviceOf } = await import('../../policy/lint/service-data.ts')
  return resourceNames(serviceOf)
}

/** Templates as AWS's simulator prints them; where none was seen, one is made of the ARN's parts. */
const seenTemplates: Readonly<Record<string, string>> = {
  s3: 'arn:aws:s3:::${BucketName}/${KeyName}',
  iam: 'arn:aws:iam::${Account}:${ResourceType}/${ResourceName}',
  ec2: 'arn:aws:ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}',
}
const bucketTemplate = 'arn:aws:s3:::${BucketName}'

function resourceNames(serviceOf: (prefix: string) => Service | undefined): ResourceNames {
  const resourcesOf = (action: string) => {
    const [prefix = '', name = ''] = action.toLowerCase().split(':')
    return serviceOf(prefix)?.actions.get(name)?.resources ?? []
  }
  return {
    fits(action, resource) {
      if (resource === '*') return true
      const resources = resourcesOf(action)
      const service = resource.split(':')[2]
      return resources.length === 0 || resources.some((type) => type.service === service)
    },
    templateOf(action) {
      const resources = resourcesOf(action)
      const [first] = resources
      const service = first?.service ?? action.toLowerCase().split(':')[0] ?? ''
      if (service === 's3' && first && !resources.some(({ resource }) => resource.includes('/'))) {
        return bucketTemplate
      }
      const seen = seenTemplates[service]
      if (seen !== undefined || !first) return seen ?? '*'
      const region = first.region === '' ? '' : '${Region}'
      const account = first.account === '' ? '' : '${Account}'
      return `arn:aws:${service}:${region}:${account}:\${ResourceType}/\${ResourceName}`
    },
  }
}
