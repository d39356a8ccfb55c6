import { collection } from '../collection.ts'

/** When a key or role was last used: written in batches, so a crash may lose the newest minute. */
export interface LastUse {
  /** An access key id or a role's unique id. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly service: string
  readonly region: string
}

export const lastUses = collection('last-use', { key: (use: LastUse) => [use.id] })
