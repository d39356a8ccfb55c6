import { ApiError } from '../catalog/api-error.ts'
import type { OperationInputs } from '../catalog/operations.ts'
import type { AccountDirectory } from '../directory/account-directory.ts'
import { foldName } from '../directory/records/entity.ts'
import { type Role, roles } from '../directory/records/role.ts'
import type { Tag } from '../directory/records/tag.ts'
import { assumedRoleArn, iamArn, parseArn } from '../primitives/arn.ts'
import type { Permission } from '../request/access.ts'
import { notAuthorized } from '../request/access-denied.ts'
import { readOperation } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'
import { issueSession } from './issue-session.ts'
import { refuseMfa } from './mfa.ts'
import { checkPackedPolicySize } from './packed-policy.ts'
import { refuseContexts } from './provided-contexts.ts'
import { roleSessionSeconds } from './session-duration.ts'
import { checkSessionPolicies } from './session-policies.ts'
import { type SessionTags, sessionTags } from './session-tags.ts'
import {
  checkSourceIdentity,
  inheritedSourceIdentity,
  refuseChangedIdentity,
} from './source-identity.ts'

type Input = OperationInputs['AssumeRole']

/**
 * Temporary credentials of a role. What can be refused without the role is refused before authorization; a role
 * that is missing, one that does not trust the caller and a caller without permission all read the same.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole = readOperation('AssumeRole', {
  async access(input, scope) {
    const arn = parseArn(input.RoleArn)
    if (!arn) throw new ApiError('ValidationError', `${input.RoleArn} is invalid`)
    refuseCallersWithoutRoles(input, scope)
    const tags = requestedTags(input, scope)
    checkSourceIdentity(input.SourceIdentity)
    refuseChangedIdentity(input.SourceIdentity, scope.caller)
    refuseMfa(input)
    const found = await findRole(input.RoleArn, scope)
    if (!found) throw notAuthorized(scope.caller.arn, 'sts:AssumeRole', input.RoleArn)
    return permissions(input, scope, found.account, found.role, tags)
  },

  async perform(input, scope) {
    const found = await findRole(input.RoleArn, scope)
    if (!found) throw notAuthorized(scope.caller.arn, 'sts:AssumeRole', input.RoleArn)
    const { account, role } = found
    refuseContexts(input)
    const seconds = roleSessionSeconds(
      input.DurationSeconds,
      role.maxSessionSeconds,
      scope.caller.type === 'role',
    )
    const { tags, transitiveTagKeys } = requestedTags(input, scope)
    const policyArns = (input.PolicyArns ?? []).flatMap(({ arn }) => arn ?? [])
    checkSessionPolicies(input.Policy, policyArns, account, scope)
    const size = checkPackedPolicySize({ policy: input.Policy, policyArns, tags })
    const sourceIdentity = inheritedSourceIdentity(scope.caller) ?? input.SourceIdentity
    const arn = assumedRoleArn(account.account, role.name, input.RoleSessionName)
    const Credentials = await issueSession(
      scope,
      {
        type: 'role',
        account: account.account,
        roleName: role.name,
        roleId: role.id,
        sessionName: input.RoleSessionName,
        sourceIdentity,
        tags,
        transitiveTagKeys,
        policy: input.Policy,
        policyArns,
      },
      arn,
      seconds,
    )
    return {
      Credentials,
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${input.RoleSessionName}`, Arn: arn },
      PackedPolicySize: size,
      SourceIdentity: sourceIdentity,
    }
  },
})

function refuseCallersWithoutRoles(input: Input, { caller }: Scope): void {
  if (caller.type === 'root') {
    throw new ApiError('AccessDenied', 'Roles may not be assumed by root accounts.')
  }
  if (caller.type === 'federated-user') {
    throw notAuthorized(caller.arn, 'sts:AssumeRole', input.RoleArn)
  }
}

const requestedTags = (input: Input, { caller }: Scope): SessionTags =>
  sessionTags(input.Tags ?? [], input.TransitiveTagKeys ?? [], caller.session)

/** The ARN must be the role's own to the letter, path and case included. */
async function findRole(
  roleArn: string,
  { caller, services }: Scope,
): Promise<{ account: AccountDirectory; role: Role } | undefined> {
  const arn = parseArn(roleArn)
  if (!arn) return undefined
  const account =
    arn.account === caller.account.account
      ? caller.account
      : await services.directory.account(arn.account)
  const name = arn.resource.slice(arn.resource.lastIndexOf('/') + 1)
  const role = account?.records.get(roles, foldName(name))
  return account && role && iamArn(account.account, 'role', role.path, role.name) === roleArn
    ? { account, role }
    : undefined
}

/**
 * sts:AssumeRole always; sts:TagSession with tags, sts:SetSourceIdentity with a source identity, passed or
 * inherited, sts:SetContext with contexts. Each sees the condition keys that AWS documents for it, and no others.
 */
function permissions(
  input: Input,
  scope: Scope,
  account: AccountDirectory,
  role: Role,
  tags: SessionTags,
): Permission[] {
  const { services, caller } = scope
  const common = {
    resource: input.RoleArn,
    account: account.account,
    resourcePolicy: {
      policy: services.policies.compile(role.trustPolicy, 'trust'),
      name: role.name,
      principalIds: trustedIds(role),
    },
    resourceTags: overridden(role.tags, tags.inherited),
    denial: 'no-reason' as const,
  }
  const requested = input.Tags && input.Tags.length > 0 ? input.Tags : undefined
  const transitive =
    input.TransitiveTagKeys && input.TransitiveTagKeys.length > 0
      ? input.TransitiveTagKeys
      : undefined
  const sourceIdentity = inheritedSourceIdentity(caller) ?? input.SourceIdentity
  const needed: Permission[] = [
    {
      ...common,
      action: 'sts:AssumeRole',
      requestTags: requested,
      context: {
        'sts:externalid': input.ExternalId,
        'sts:rolesessionname': input.RoleSessionName,
        'sts:sourceidentity': sourceIdentity,
        'sts:transitivetagkeys': transitive,
      },
    },
  ]
  if (requested || tags.inherited.length > 0) {
    needed.push({
      ...common,
      action: 'sts:TagSession',
      requestTags: requested,
      context: { 'sts:transitivetagkeys': transitive },
    })
  }
  if (sourceIdentity !== undefined) {
    needed.push({
      ...common,
      action: 'sts:SetSourceIdentity',
      context: { 'sts:sourceidentity': sourceIdentity },
    })
  }
  if (input.ProvidedContexts?.length) needed.push({ ...common, action: 'sts:SetContext' })
  return needed
}

/** A role record never changes in place, so its map is made once. */
const idsByRole = new WeakMap<Role, ReadonlyMap<string, string>>()

function trustedIds(role: Role): ReadonlyMap<string, string> {
  const known = idsByRole.get(role)
  if (known) return known
  const ids = new Map(Object.entries(role.trustedIds))
  idsByRole.set(role, ids)
  return ids
}

/** Transitive tags of the calling session stand in for the role's tags of the same key. */
function overridden(tags: readonly Tag[], inherited: readonly Tag[]): readonly Tag[] {
  if (inherited.length === 0) return tags
  const keys = new Set(inherited.map(({ Key }) => Key.toLowerCase()))
  return [...tags.filter(({ Key }) => !keys.has(Key.toLowerCase())), ...inherited]
}
