import type { Tag } from './tag.ts'

/** A policy written into the entity itself. `name` keeps the case of its first Put; matching ignores case. */
export interface InlinePolicy {
  readonly name: string
  /** As sent. */
  readonly document: string
}

/** What users, groups and roles have in common: a name that ignores case, a path, and policies. */
export interface Entity {
  readonly id: string
  readonly name: string
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** In the order in which they were put. */
  readonly inlinePolicies: readonly InlinePolicy[]
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attachedPolicies: readonly string[]
}

/** A user or role: an entity that acts, and that a boundary may limit. */
export interface Actor extends Entity {
  readonly tags: readonly Tag[]
  /** ARN of a managed policy. */
  readonly boundary?: string | undefined
}

/** IAM names are unique and found ignoring case. */
export const foldName = (name: string): string => name.toLowerCase()

/** Index entries by managed policy: who has it attached. */
export const byAttachedPolicy = (entity: Entity): string[][] =>
  entity.attachedPolicies.map((arn) => [arn])

/** Index entry by boundary: whom it limits. */
export const byBoundary = (actor: Actor): string[][] =>
  actor.boundary === undefined ? [] : [[actor.boundary]]
