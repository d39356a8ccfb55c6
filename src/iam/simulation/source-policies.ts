import type { Entity } from '../../directory/records/entity.ts'
import type { AttachedPolicy } from '../../policy/engine.ts'
import type { Scope } from '../../request/scope.ts'
import { findPolicy, policyArn } from '../find-policy.ts'
import { groupsOf } from '../groups/group-access.ts'
import type { PolicyExclusions } from './policy-exclusions.ts'
import type { PolicySource } from './policy-source.ts'

export interface SourcePolicies {
  readonly identity: readonly AttachedPolicy[]
  readonly boundary: AttachedPolicy | undefined
}

/**
 * A principal's policies under the names that the simulator gives them: `user_<user>_<policy>` for inline ones, the
 * policy's name for managed ones. A managed policy counts once, through however many groups it comes.
 */
export function sourcePolicies(
  source: PolicySource,
  exclusions: PolicyExclusions,
  scope: Scope,
): SourcePolicies {
  const identity: AttachedPolicy[] = []
  const managed = new Set<string>()
  const add = (kind: PolicySource['kind'], entity: Entity): void => {
    for (const { name, document } of entity.inlinePolicies) {
      if (exclusions.inline(kind, entity.name, name)) continue
      const policy = scope.services.policies.compile(document, 'identity')
      identity.push({ policy, name: `${kind}_${entity.name}_${name}`, sourceType: kind })
    }
    for (const arn of entity.attachedPolicies) {
      const parsed = policyArn(arn)
      if (parsed && exclusions.managed(parsed.account, parsed.name)) continue
      if (managed.has(arn)) continue
      managed.add(arn)
      identity.push(managedPolicy(arn, 'identity', kind, scope))
    }
  }
  add(source.kind, source.entity)
  if (source.kind === 'user') {
    for (const group of groupsOf(scope.records, source.entity)) add('group', group)
  }
  const boundary = source.kind === 'group' ? undefined : source.entity.boundary
  if (boundary === undefined || exclusions.boundary) return { identity, boundary: undefined }
  return { identity, boundary: managedPolicy(boundary, 'boundary', source.kind, scope) }
}

function managedPolicy(
  arn: string,
  use: 'identity' | 'boundary',
  sourceType: string,
  scope: Scope,
): AttachedPolicy {
  const found = findPolicy(scope, arn)
  // A policy in use cannot be deleted; should one be missing all the same, there is no true answer.
  if (!found) throw new Error(`Policy ${arn} is in use but cannot be found.`)
  const policy = scope.services.policies.compile(found.document(), use)
  return { policy, name: found.name, sourceType }
}
