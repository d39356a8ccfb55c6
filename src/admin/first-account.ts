import { accessKeys } from '../directory/records/access-key.ts'
import type { Services } from '../request/services.ts'
import { type CreatedAccount, createAccount, type NewAccount } from './create-account.ts'

/**
 * Makes the first account when the service has none. It manages the service.
 *
 * @param now - milliseconds since the epoch
 * @returns its keys, to be shown once; undefined on every later start
 */
export async function ensureFirstAccount(
  wanted: NewAccount,
  now: number,
  services: Services,
): Promise<CreatedAccount | undefined> {
  for (const _account of services.directory.accounts) return undefined
  return createAccount({ ...wanted, management: true }, now, services)
}

/** The management account with its oldest root key, so that it can be made again after a reset. */
export async function managementAccount(services: Services): Promise<NewAccount | undefined> {
  const { directory, keyring } = services
  for (const { id, management } of directory.accounts) {
    if (!management) continue
    const account = await directory.account(id)
    const keys = [...(account?.records.find(accessKeys, 'owner', [id]) ?? [])]
    for (const key of keys.sort((a, b) => a.createdAt - b.createdAt)) {
      const opened = keyring().open('record', key.sealedSecret)
      const secretAccessKey = opened?.text
      if (secretAccessKey) return { id, rootKey: { accessKeyId: key.id, secretAccessKey } }
    }
  }
  return undefined
}
