import { collection } from '../collection.ts'
import { foldName } from './entity.ts'
import type { Tag } from './tag.ts'

/** What hands a role to an instance. */
export interface InstanceProfile {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
  /** A role cannot be deleted while a profile holds it, so the name stays true. */
  readonly roleName?: string | undefined
  readonly tags: readonly Tag[]
}

export const instanceProfiles = collection('instance-profile', {
  key: (profile: InstanceProfile) => [foldName(profile.name)],
  indexes: {
    role: (profile) => (profile.roleName === undefined ? [] : [[foldName(profile.roleName)]]),
  },
})
