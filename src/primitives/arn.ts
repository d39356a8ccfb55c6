/** An Amazon Resource Name in its six parts; `resource` keeps its own colons and slashes. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** The parts of an ARN, or undefined when there are not six or when partition, service or resource is empty. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined
  // Five colons are found and the parts cut out: splitting makes a list of all the resource's own parts as well.
  const service = text.indexOf(':', 4) + 1
  const region = text.indexOf(':', service) + 1
  const account = text.indexOf(':', region) + 1
  const resource = text.indexOf(':', account) + 1
  if (service <= 5 || region <= service + 1 || account === 0 || resource === 0) return undefined
  if (resource === text.length) return undefined
  return {
    partition: text.slice(4, service - 1),
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  }
}

/** An account's id is twelve digits. */
export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text)

/** `arn:aws:iam::<account>:<kind><path><name>`: every IAM resource with a path. */
export function iamArn(account: string, kind: IamKind, path: string, name: string): string {
  return `arn:aws:iam::${account}:${kind}${path}${name}`
}

export type IamKind = 'user' | 'group' | 'role' | 'policy' | 'instance-profile'

export const rootArn = (account: string): string => `arn:aws:iam::${account}:root`

/** A role session's ARN never shows the role's path. */
export const assumedRoleArn = (account: string, roleName: string, sessionName: string): string =>
  `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`

export const federatedUserArn = (account: string, name: string): string =>
  `arn:aws:sts::${account}:federated-user/${name}`
