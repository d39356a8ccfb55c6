import type { AttachedPolicy, PolicyKind } from '../policy/engine.ts'
import { iamArn, parseArn } from '../primitives/arn.ts'
import type { AccountDirectory } from './account-directory.ts'
import type { AwsManagedPolicies } from './aws-managed-policies.ts'
import type { PolicyCache } from './policy-cache.ts'
import { type Entity, foldName } from './records/entity.ts'
import { groups } from './records/group.ts'
import { defaultVersion, managedPolicies } from './records/managed-policy.ts'
import type { Role } from './records/role.ts'
import type { User } from './records/user.ts'

/**
 * Gathers the policies that apply to a user, role or session, compiled. What it gives is current only for the
 * account's present `version`; callers keep it no longer than that.
 */
export interface PolicyFinder {
  /** A user's own policies and those of its groups. */
  ofUser(account: AccountDirectory, user: User): AttachedPolicy[]
  ofRole(account: AccountDirectory, role: Role): AttachedPolicy[]
  boundaryOf(account: AccountDirectory, arn: string): AttachedPolicy
  /** Session policies: the inline one and those by ARN, read as they are now; none when one of them is gone. */
  ofSession(
    account: AccountDirectory,
    policy: string | undefined,
    policyArns: readonly string[],
  ): AttachedPolicy[]
  /** What root may do, as a policy: for sessions whose rights are root's within their session policies. */
  everything(): AttachedPolicy[]
}

export function policyFinder(cache: PolicyCache, awsPolicies: AwsManagedPolicies): PolicyFinder {
  const managed = (account: AccountDirectory, arn: string, kind: PolicyKind): AttachedPolicy => {
    const text = managedDocument(account, awsPolicies, arn)
    // A policy in use cannot be deleted; should one be missing all the same, refusing is the only safe answer.
    if (text === undefined) throw new Error(`Policy ${arn} is in use but cannot be found.`)
    return { policy: cache.compile(text, kind), name: arn }
  }
  const ofEntity = (account: AccountDirectory, entity: Entity): AttachedPolicy[] => [
    ...entity.inlinePolicies.map(({ name, document }) => ({
      policy: cache.compile(document, 'identity'),
      name,
    })),
    ...entity.attachedPolicies.map((arn) => managed(account, arn, 'identity')),
  ]
  return {
    everything: () => [{ policy: cache.compile(everythingDocument, 'identity'), name: 'root' }],
    ofRole: ofEntity,
    ofUser(account, user) {
      const policies = ofEntity(account, user)
      for (const id of user.groupIds) {
        for (const group of account.records.find(groups, 'id', [id])) {
          policies.push(...ofEntity(account, group))
        }
      }
      return policies
    },
    boundaryOf: (account, arn) => managed(account, arn, 'boundary'),
    ofSession(account, policy, policyArns) {
      const attached: AttachedPolicy[] = []
      if (policy !== undefined) {
        attached.push({ policy: cache.compile(policy, 'session'), name: 'session policy' })
      }
      for (const arn of policyArns) {
        const text = managedDocument(account, awsPolicies, arn)
        // One that was deleted since may have denied what the others allow: the session may do nothing.
        if (text === undefined) return []
        attached.push({ policy: cache.compile(text, 'session'), name: arn })
      }
      return attached
    },
  }
}

const everythingDocument =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'

/**
 * The default version of a managed policy: AWS's, or one of the account's own. The ARN must be the policy's to the
 * letter: a session policy that was deleted is not one made later under the same name and another path.
 */
export function managedDocument(
  account: AccountDirectory,
  awsPolicies: AwsManagedPolicies,
  arn: string,
): string | undefined {
  const parts = parseArn(arn)
  if (parts?.account === 'aws') return awsPolicies.find(arn)?.document
  if (parts?.account !== account.account || !parts.resource.startsWith('policy/')) return undefined
  const name = parts.resource.slice(parts.resource.lastIndexOf('/') + 1)
  const policy = account.records.get(managedPolicies, foldName(name))
  if (!policy || iamArn(account.account, 'policy', policy.path, policy.name) !== arn)
    return undefined
  return defaultVersion(policy).document
}
