import { collection } from '../collection.ts'
import { foldName } from './entity.ts'
import type { Tag } from './tag.ts'

/** One version of a managed policy. */
export interface PolicyVersion {
  /** `v1`, `v2`, …: a number is never given twice. */
  readonly id: string
  readonly document: string
  readonly createdAt: number
}

/** A customer managed policy. Those of AWS are data of the product, not records. */
export interface ManagedPolicy {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description?: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
  readonly defaultVersionId: string
  /** Oldest first, five at most. */
  readonly versions: readonly PolicyVersion[]
  readonly lastVersionNumber: number
  readonly tags: readonly Tag[]
}

export const managedPolicies = collection('managed-policy', {
  key: (policy: ManagedPolicy) => [foldName(policy.name)],
})

/** The version in force. @throws Error for a record that has lost it, which is a bug */
export function defaultVersion(policy: ManagedPolicy): PolicyVersion {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersionId)
  if (!version) throw new Error(`Policy ${policy.id} has lost its default version.`)
  return version
}
