import { foldName } from '../../directory/records/entity.ts'
import { type Group, groups } from '../../directory/records/group.ts'
import { type Role, roles } from '../../directory/records/role.ts'
import { type User, users } from '../../directory/records/user.ts'
import { iamArn, isAccountId, parseArn } from '../../primitives/arn.ts'
import type { Permission } from '../../request/access.ts'
import type { Scope } from '../../request/scope.ts'
import { invalidInput, noSuchEntity } from '../errors.ts'

/** The user, group or role whose policies are looked at. */
export type PolicySource =
  | { readonly kind: 'user'; readonly entity: User }
  | { readonly kind: 'group'; readonly entity: Group }
  | { readonly kind: 'role'; readonly entity: Role }

/** A user's, group's or role's ARN in its parts. */
export interface EntityArn {
  readonly account: string
  readonly kind: PolicySource['kind']
  /** The name alone: the path in such an ARN is not looked at. */
  readonly name: string
}

/** The parts of a user's, group's or role's ARN; undefined for any other text. */
export function entityArn(text: string): EntityArn | undefined {
  const arn = parseArn(text)
  if (arn?.partition !== 'aws' || arn.service !== 'iam' || arn.region !== '') return undefined
  if (!isAccountId(arn.account)) return undefined
  const match = /^(user|group|role)\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]+)$/.exec(arn.resource)
  if (!match) return undefined
  return { account: arn.account, kind: match[1] as EntityArn['kind'], name: match[2] ?? '' }
}

/** The entity of the scope's account that an ARN names, whatever the ARN's path. */
export function entityOf({ kind, name }: EntityArn, { records }: Scope): PolicySource | undefined {
  const key = foldName(name)
  switch (kind) {
    case 'user': {
      const entity = records.get(users, key)
      return entity && { kind, entity }
    }
    case 'group': {
      const entity = records.get(groups, key)
      return entity && { kind, entity }
    }
    case 'role': {
      const entity = records.get(roles, key)
      return entity && { kind, entity }
    }
  }
}

export const sourceArn = ({ kind, entity }: PolicySource, account: string): string =>
  iamArn(account, kind, entity.path, entity.name)

/** What looking at a principal's policies needs: the action on the entity as it is stored. */
export function sourcePermission(action: string, arn: string, scope: Scope): Permission {
  const parsed = entityArn(arn)
  const source = parsed?.account === scope.account ? entityOf(parsed, scope) : undefined
  if (!source) return { action, resource: arn }
  const resource = sourceArn(source, scope.account)
  if (source.kind === 'group') return { action, resource }
  return { action, resource, resourceTags: source.entity.tags }
}

/** @throws ApiError InvalidInput, NoSuchEntity */
export function findPolicySource(arn: string, scope: Scope): PolicySource {
  const parsed = entityArn(arn)
  if (!parsed) throw invalidInput(`Invalid ARN provided in the request: ${arn}`)
  if (parsed.account !== scope.account) {
    throw invalidInput(
      `Invalid Policy Source Arn: caller's account ${scope.account} does not have access to policies in account ${parsed.account}.`,
    )
  }
  const source = entityOf(parsed, scope)
  if (!source) throw noSuchEntity('Unable to retrieve specified IAM entity.')
  return source
}
