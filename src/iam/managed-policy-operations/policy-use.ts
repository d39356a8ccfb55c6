import type { Records } from '../../directory/account-records.ts'
import type { Entity } from '../../directory/records/entity.ts'
import { groups } from '../../directory/records/group.ts'
import { roles } from '../../directory/records/role.ts'
import { users } from '../../directory/records/user.ts'
import { isAny } from '../records-of.ts'

/** How many users, groups and roles have a policy attached. */
export const attachmentCount = (records: Records, arn: string): number =>
  count(records.find(users, 'attachedPolicy', [arn])) +
  count(records.find(groups, 'attachedPolicy', [arn])) +
  count(records.find(roles, 'attachedPolicy', [arn]))

/** How many users and roles it limits: counted apart from attachments. */
export const boundaryUsageCount = (records: Records, arn: string): number =>
  count(records.find(users, 'boundary', [arn])) + count(records.find(roles, 'boundary', [arn]))

/** The ARNs of all policies that somebody has attached or is limited by, those of AWS among them. */
export function policiesInUse(records: Records): ReadonlySet<string> {
  const used = new Set<string>()
  for (const entities of [
    records.find(users, 'attachedPolicy', []),
    records.find(groups, 'attachedPolicy', []),
    records.find(roles, 'attachedPolicy', []),
  ]) {
    for (const { attachedPolicies } of entities) for (const arn of attachedPolicies) used.add(arn)
  }
  for (const entities of [
    records.find(users, 'boundary', []),
    records.find(roles, 'boundary', []),
  ]) {
    for (const { boundary } of entities) if (boundary !== undefined) used.add(boundary)
  }
  return used
}

export const isAttached = (records: Records, arn: string): boolean =>
  isAny(records.find(users, 'attachedPolicy', [arn])) ||
  isAny(records.find(groups, 'attachedPolicy', [arn])) ||
  isAny(records.find(roles, 'attachedPolicy', [arn]))

export const isBoundary = (records: Records, arn: string): boolean =>
  isAny(records.find(users, 'boundary', [arn])) || isAny(records.find(roles, 'boundary', [arn]))

function count(entities: Iterable<Entity>): number {
  let total = 0
  for (const _entity of entities) total++
  return total
}
