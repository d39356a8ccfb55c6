import { accessKeys } from '../directory/records/access-key.ts'
import { keyringMarks } from '../directory/records/keyring-mark.ts'
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

/** False when the data was sealed by another keyring: none of its keys could be used. */
export function keyringFits({ directory, keyring }: Services): boolean {
  for (const { sealed } of directory.global.records.list(keyringMarks)) {
    if (!keyring().open('record', sealed)) return false
  }
  return true
}

/**
 * What is wanted of the first account and is not so, because an earlier start has made it.
 *
 * @returns sentences for the log; none of them holds a secret
 */
export async function unmetWishes(wanted: NewAccount, services: Services): Promise<string[]> {
  const { directory, keyring } = services
  const management = [...directory.accounts].find((each) => each.management)
  if (!management) return []
  const { id } = management
  const unmet: string[] = []
  if (wanted.id !== undefined && wanted.id !== id) {
    unmet.push(`the data is of account ${id}: another account id counts at the first start only`)
  }
  if (wanted.rootKey) {
    const { accessKeyId, secretAccessKey } = wanted.rootKey
    const key = (await directory.account(id))?.records.get(accessKeys, accessKeyId)
    const isKept = key?.ownerId === id
    if (!isKept || keyring().open('record', key.sealedSecret)?.text !== secretAccessKey) {
      unmet.push(
        `the root key that was given is not one of account ${id}: it counts at the first start only`,
      )
    }
  }
  return unmet
}
