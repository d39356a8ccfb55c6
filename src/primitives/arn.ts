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
  const parts = text.split(':')
  const [prefix, partition, service, region, account] = parts
  const resource = parts.slice(5).join(':')
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined)
    return undefined
  return resource === '' ? undefined : { partition, service, region, account, resource }
}

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
