import type { AccountDirectory } from '../directory/account-directory.ts'
import { accessKeys } from '../directory/records/access-key.ts'
import { users } from '../directory/records/user.ts'
import type { Services } from '../request/services.ts'
import { type IssuedKey, sealSecret } from './create-account.ts'

/**
 * The IAM user that a first start makes: root cannot assume roles, so people work as `admin`.
 * Does nothing when there is a user of that name.
 */
export async function createAdministrator(
  account: AccountDirectory,
  now: number,
  services: Services,
): Promise<IssuedKey | undefined> {
  const { ids } = services
  const key = { accessKeyId: ids.accessKey(account.account), secretAccessKey: ids.secret() }
  const sealedSecret = sealSecret(key.secretAccessKey, services)
  const made = await account.write((tx) => {
    const user = {
      id: ids.unique('AIDA', account.account),
      name: 'admin',
      path: '/',
      createdAt: now,
      inlinePolicies: [],
      attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      tags: [],
      groupIds: [],
    }
    if (!tx.insert(users, user)) return false
    tx.put(accessKeys, {
      id: key.accessKeyId,
      ownerId: user.id,
      sealedSecret,
      status: 'Active',
      createdAt: now,
    })
    return true
  })
  return made ? key : undefined
}
