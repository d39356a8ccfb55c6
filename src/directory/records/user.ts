import { collection } from '../collection.ts'
import { type Actor, byAttachedPolicy, byBoundary, foldName } from './entity.ts'

/** An actor with keys of its own; its groups lend it their policies. */
export interface User extends Actor {
  /** Unique ids of groups, in the order of joining. */
  readonly groupIds: readonly string[]
}

export const users = collection('user', {
  key: (user: User) => [foldName(user.name)],
  indexes: {
    id: (user) => [[user.id]],
    group: (user) => user.groupIds.map((id) => [id]),
    attachedPolicy: byAttachedPolicy,
    boundary: byBoundary,
  },
})
