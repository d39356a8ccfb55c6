import { collection } from '../collection.ts'

/** A long-term key. The secret is kept sealed by the keyring (purpose `record`), in base64. */
export interface AccessKey {
  readonly id: string
  /** The owner's unique id: the account id for a root key. Names change, ids do not. */
  readonly ownerId: string
  readonly sealedSecret: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: number
}

/** Found by id when a request is signed, and by owner for ListAccessKeys. */
export const accessKeys = collection('access-key', {
  key: (key: AccessKey) => [key.id],
  indexes: { owner: (key) => [[key.ownerId]] },
})
