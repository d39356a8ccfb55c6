import { ApiError } from '../catalog/api-error.ts'
import type { OperationInputs, OperationOutputs } from '../catalog/operations.ts'
import type { AccountDirectory } from '../directory/account-directory.ts'
import { isHeavyPolicy } from '../directory/policy-cache.ts'
import { foldName } from '../directory/records/entity.ts'
import { type Role, roles } from '../directory/records/role.ts'
import type { Tag } from '../directory/records/tag.ts'
import type { ResourcePolicy } from '../policy/engine.ts'
import { type Arn, assumedRoleArn, iamArn, parseArn } from '../primitives/arn.ts'
import type { Permission } from '../request/access.ts'
import { notAuthorized } from '../request/access-denied.ts'
import { type Issued, issueOperation } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'
import type { Services } from '../request/services.ts'
import { whenReady } from '../request/when-ready.ts'
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
export const assumeRole = issueOperation('AssumeRole', {
  access(input, scope) {
    const arn = roleArnOf(input)
    refuseCallersWithoutRoles(input, scope)
    const tags = requestedTags(input, scope)
    checkSourceIdentity(input.SourceIdentity)
    refuseChangedIdentity(input.SourceIdentity, scope.caller)
    refuseMfa(input)
    return whenReady(findRole(input, arn, scope), (found) => permissions(input, scope, found, tags))
  },

  perform(input, scope) {
    return whenReady(findRole(input, roleArnOf(input), scope), (found) =>
      assume(input, scope, found),
    )
  },
})

function assume(
  input: Input,
  scope: Scope,
  { account, role }: KnownRole,
): Issued<OperationOutputs['AssumeRole']> {
  refuseContexts(input)
  const seconds = roleSessionSeconds(
    input.DurationSeconds,
    role.maxSessionSeconds,
    scope.caller.session !== undefined,
  )
  const { tags, transitiveTagKeys } = requestedTags(input, scope)
  const policyArns = (input.PolicyArns ?? []).flatMap(({ arn }) => arn ?? [])
  checkSessionPolicies(input.Policy, policyArns, account, scope)
  const size = checkPackedPolicySize({ policy: input.Policy, policyArns, tags })
  const sourceIdentity = inheritedSourceIdentity(scope.caller) ?? input.SourceIdentity
  const arn = assumedRoleArn(account.account, role.name, input.RoleSessionName)
  const { credentials, record, expiresAt } = issueSession(
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
  const output = {
    Credentials: credentials,
    AssumedRoleUser: { AssumedRoleId: `${role.id}:${input.RoleSessionName}`, Arn: arn },
    PackedPolicySize: size,
    SourceIdentity: sourceIdentity,
  }
  return { output, record, expiresAt }
}

function roleArnOf({ RoleArn }: Input): Arn {
  const arn = parseArn(RoleArn)
  if (!arn) throw new ApiError('ValidationError', `${RoleArn} is invalid`)
  return arn
}

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

/** A role with what is made of it. */
interface KnownRole {
  readonly account: AccountDirectory
  readonly role: Role
  readonly arn: string
  readonly trustPolicy: ResourcePolicy
}

/**
 * The ARN must be the role's own to the letter, path and case included.
 * @throws ApiError AccessDenied when there is no such role: whether one exists is not told
 */
function findRole(
  { RoleArn }: Input,
  { account: accountId, resource }: Arn,
  { caller, services }: Scope,
): KnownRole | Promise<KnownRole> {
  return whenReady(services.directory.account(accountId), (account) => {
    const name = resource.slice(resource.lastIndexOf('/') + 1)
    const role = account?.records.get(roles, foldName(name))
    const known = account && role && knownRole(account, role, services)
    if (known?.arn !== RoleArn) throw notAuthorized(caller.arn, 'sts:AssumeRole', RoleArn)
    return known
  })
}

/** A role record never changes in place, so what is made of it is made once. */
const knownRoles = new WeakMap<Role, KnownRole>()

function knownRole(account: AccountDirectory, role: Role, { policies }: Services): KnownRole {
  const known = knownRoles.get(role)
  if (known?.account === account) return known
  const trustPolicy = {
    policy: policies.compile(role.trustPolicy, 'trust'),
    name: role.name,
    principalIds: new Map(Object.entries(role.trustedIds)),
  }
  const arn = iamArn(account.account, 'role', role.path, role.name)
  const made = { account, role, arn, trustPolicy }
  if (!isHeavyPolicy(role.trustPolicy)) knownRoles.set(role, made)
  return made
}

/**
 * sts:AssumeRole always; sts:TagSession with tags, sts:SetSourceIdentity with a source identity, passed or
 * inherited, sts:SetContext with contexts. Each sees the condition keys that AWS documents for it, and no others.
 */
function permissions(
  input: Input,
  scope: Scope,
  { account, role, trustPolicy }: KnownRole,
  tags: SessionTags,
): Permission[] {
  const { caller } = scope
  const common = {
    resource: input.RoleArn,
    account: account.account,
    resourcePolicy: trustPolicy,
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

/** Transitive tags of the calling session stand in for the role's tags of the same key. */
function overridden(tags: readonly Tag[], inherited: readonly Tag[]): readonly Tag[] {
  if (inherited.length === 0) return tags
  const keys = new Set(inherited.map(({ Key }) => Key.toLowerCase()))
  return [...tags.filter(({ Key }) => !keys.has(Key.toLowerCase())), ...inherited]
}
