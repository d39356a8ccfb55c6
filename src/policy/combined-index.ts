/**
 * Principals with many policies: their statements under one index, so that a request asks once and
 * not once a policy. Made when a list is used again; a list that was changed is noticed.
 */
import type { Policy } from './policy.ts'
import type { AttachedPolicy } from './request.ts'
import { indexStatements, type StatementIndex } from './statement-index.ts'

interface Combined {
  readonly policies: readonly Policy[]
  index: StatementIndex | undefined
}

const combined = new WeakMap<readonly AttachedPolicy[], Combined>()
const fewPolicies = 4

/** @returns undefined while it is cheaper to ask each policy by itself */
export function combinedIndex(attached: readonly AttachedPolicy[]): StatementIndex | undefined {
  if (attached.length <= fewPolicies) return undefined
  const known = combined.get(attached)
  if (known === undefined || !isUnchanged(known.policies, attached)) {
    combined.set(attached, { policies: attached.map(({ policy }) => policy), index: undefined })
    return undefined
  }
  known.index ??= indexStatements(known.policies.map(({ statements }) => statements))
  return known.index
}

function isUnchanged(policies: readonly Policy[], attached: readonly AttachedPolicy[]): boolean {
  if (policies.length !== attached.length) return false
  for (let i = 0; i < policies.length; i++) if (policies[i] !== attached[i]?.policy) return false
  return true
}
