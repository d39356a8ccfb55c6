import { collection } from '../collection.ts'
import { type Actor, byAttachedPolicy, byBoundary, foldName } from './entity.ts'

/** An actor that others become, as far as its trust policy lets them. */
export interface Role extends Actor {
  readonly description?: string | undefined
  readonly maxSessionSeconds: number
  /** As sent. */
  readonly trustPolicy: string
  /** The unique id that each user or role ARN in the trust policy stood for when it was stored. */
  readonly trustedIds: Readonly<Record<string, string>>
}

export const roles = collection('role', {
  key: (role: Role) => [foldName(role.name)],
  indexes: {
    id: (role) => [[role.id]],
    attachedPolicy: byAttachedPolicy,
    boundary: byBoundary,
  },
})
