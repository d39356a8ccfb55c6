import type { Records } from '../../directory/account-records.ts'
import { accounts } from '../../directory/records/account.ts'
import { foldName } from '../../directory/records/entity.ts'
import { roles } from '../../directory/records/role.ts'
import { users } from '../../directory/records/user.ts'
import { assumedRoleArn, iamArn, isAccountId, parseArn, rootArn } from '../../primitives/arn.ts'
import { accountOfId } from '../../primitives/ids.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { recordsOf } from '../records-of.ts'

/** Who an `AWS` principal is; `id` when it is one user or role, whose unique id is then what is trusted. */
export interface TrustedPrincipal {
  readonly id: string | undefined
}

const standsForItself: TrustedPrincipal = { id: undefined }

/** Undefined for what names nobody: unknown, of another partition, a group, a pattern. */
export function awsPrincipal(
  text: string,
  scope: Scope | WriteScope,
): TrustedPrincipal | undefined {
  if (text === '*') return standsForItself
  if (isAccountId(text)) return hasAccount(text, scope) ? standsForItself : undefined
  if (uniqueId.test(text)) return currentArn(text, scope) === undefined ? undefined : { id: text }
  const arn = parseArn(text)
  if (arn?.partition !== 'aws' || arn.region !== '') return undefined
  const { service, account, resource } = arn
  if (resource === 'root') {
    return service === 'iam' && hasAccount(account, scope) ? standsForItself : undefined
  }
  const [kind, ...names] = resource.split('/')
  if (service === 'iam') return entityOf(text, account, kind, names.at(-1), scope)
  if (service !== 'sts') return undefined
  if (kind === 'assumed-role') return sessionOf(account, names, scope)
  const isFederated =
    kind === 'federated-user' && names.length === 1 && sessionName.test(names[0] ?? '')
  return isFederated && hasAccount(account, scope) ? standsForItself : undefined
}

/** The account that a principal's text leads to, be there such an account or not. */
export function accountOfPrincipal(text: string): string | undefined {
  if (isAccountId(text)) return text
  if (uniqueId.test(text)) return accountOfId(text)
  const account = parseArn(text)?.account
  return account !== undefined && isAccountId(account) ? account : undefined
}

/**
 * A bound principal as a trust policy shows it: the entity's ARN as it is now, or the bare id once it is gone.
 * An account that is not in memory cannot be asked; what was written then stays.
 */
export function shownPrincipal(text: string, id: string, scope: Scope | WriteScope): string {
  const account = accountOfId(id)
  if (account === undefined) return text
  const session = sessionArn.exec(text)?.[1]
  if (recordsOfAccount(account, scope) === undefined && hasAccount(account, scope)) return text
  if (session === undefined) return currentArn(id, scope) ?? id
  const role = roleById(account, id, scope)
  return role ? assumedRoleArn(account, role.name, session) : `${id}:${session}`
}

/** Bare account ids are shown in the long form, as AWS does after the answer of the creation. */
export const shownAccount = (text: string): string => (isAccountId(text) ? rootArn(text) : text)

const uniqueId = /^(?:AIDA|AROA)[A-Z2-7]{17}$/
const sessionName = /^[\w+=,.@-]{2,64}$/
const sessionArn = /^arn:aws:sts::\d{12}:assumed-role\/[^/]+\/([^/]+)$/

function entityOf(
  arn: string,
  account: string,
  kind: string | undefined,
  name: string | undefined,
  scope: Scope | WriteScope,
): TrustedPrincipal | undefined {
  const records = recordsOfAccount(account, scope)
  if (!records || name === undefined || (kind !== 'user' && kind !== 'role')) return undefined
  const entity =
    kind === 'user' ? records.get(users, foldName(name)) : records.get(roles, foldName(name))
  // Names ignore case in requests, but in a policy the ARN must be the entity's own to the letter.
  return entity && iamArn(account, kind, entity.path, entity.name) === arn
    ? { id: entity.id }
    : undefined
}

function sessionOf(
  account: string,
  [roleName, session, ...rest]: readonly string[],
  scope: Scope | WriteScope,
): TrustedPrincipal | undefined {
  if (roleName === undefined || rest.length > 0 || !sessionName.test(session ?? ''))
    return undefined
  const role = recordsOfAccount(account, scope)?.get(roles, foldName(roleName))
  return role?.name === roleName ? { id: role.id } : undefined
}

function currentArn(id: string, scope: Scope | WriteScope): string | undefined {
  const account = accountOfId(id)
  if (account === undefined) return undefined
  if (id.startsWith('AROA')) {
    const role = roleById(account, id, scope)
    return role && iamArn(account, 'role', role.path, role.name)
  }
  const [user] = recordsOfAccount(account, scope)?.find(users, 'id', [id]) ?? []
  return user && iamArn(account, 'user', user.path, user.name)
}

function roleById(
  account: string,
  id: string,
  scope: Scope | WriteScope,
): { readonly name: string; readonly path: string } | undefined {
  const [role] = recordsOfAccount(account, scope)?.find(roles, 'id', [id]) ?? []
  return role
}

function recordsOfAccount(account: string, scope: Scope | WriteScope): Records | undefined {
  return account === scope.account
    ? recordsOf(scope)
    : scope.services.directory.loaded(account)?.records
}

const hasAccount = (account: string, { services }: Scope): boolean =>
  services.directory.global.records.get(accounts, account) !== undefined
