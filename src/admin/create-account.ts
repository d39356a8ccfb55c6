import { type AccessKey, accessKeys } from '../directory/records/access-key.ts'
import { accounts, givenKeyIds } from '../directory/records/account.ts'
import { keyringMarks } from '../directory/records/keyring-mark.ts'
import { type User, users } from '../directory/records/user.ts'
import type { Services } from '../request/services.ts'

/** A key as it is shown once, to whoever asked for it. */
export interface IssuedKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What is wanted of an account that is to be made. */
export interface NewAccount {
  /** Twelve digits; random when absent. */
  readonly id?: string | undefined
  readonly name?: string | undefined
  /** Given by the operator; made when absent. */
  readonly rootKey?: IssuedKey | undefined
  /** The account whose callers may manage the service: the first. */
  readonly management?: boolean | undefined
  /** Make an IAM user `admin` with AdministratorAccess: root cannot assume roles, so people work as this user. */
  readonly administrator?: boolean | undefined
  /** Called with the keys before the account can be used: what keeps them must have done so when it returns. */
  readonly keep?: ((created: CreatedAccount) => void) | undefined
}

/** An account and the keys that were made with it, which are shown once. */
export interface CreatedAccount {
  /** Twelve digits. */
  readonly id: string
  readonly rootKey: IssuedKey
  /** Of IAM user `admin`, when one was asked for. */
  readonly administratorKey: IssuedKey | undefined
}

/** The account, or the key id, is there already. */
export class AccountExists extends Error {
  override readonly name = 'AccountExists'
}

/**
 * Makes an account with a root key. Its own records come first and its entry among the accounts last, so that a
 * crash in between leaves nothing that can be used.
 *
 * @param now - milliseconds since the epoch
 * @throws AccountExists
 */
export async function createAccount(
  wanted: NewAccount,
  now: number,
  services: Services,
): Promise<CreatedAccount> {
  const { directory, ids } = services
  const id = wanted.id ?? freeAccountId(services)
  if (directory.global.records.get(accounts, id)) {
    throw new AccountExists(`Account ${id} exists already.`)
  }
  const newKey = (): IssuedKey => ({
    accessKeyId: ids.accessKey(id),
    secretAccessKey: ids.secret(),
  })
  const rootKey = wanted.rootKey ?? newKey()
  const administratorKey = wanted.administrator ? newKey() : undefined
  const created = { id, rootKey, administratorKey }
  const account = await directory.newAccount(id)
  await account.write((tx) => {
    tx.put(accessKeys, keyRecord(rootKey, id, now, services))
    if (!administratorKey) return
    const user = administrator(ids.unique('AIDA', id), now)
    tx.put(users, user)
    tx.put(accessKeys, keyRecord(administratorKey, user.id, now, services))
  })
  wanted.keep?.(created)
  await directory.global.write((tx) => {
    if (tx.get(accounts, id)) throw new AccountExists(`Account ${id} exists already.`)
    if (wanted.rootKey && !tx.insert(givenKeyIds, { keyId: rootKey.accessKeyId, account: id })) {
      throw new AccountExists(`The key id ${rootKey.accessKeyId} belongs to another account.`)
    }
    tx.put(accounts, { id, name: wanted.name, createdAt: now, management: wanted.management })
    if (wanted.management) {
      tx.put(keyringMarks, { id: 'first', sealed: sealSecret('watchword', services) })
    }
  })
  return created
}

function keyRecord(key: IssuedKey, ownerId: string, now: number, services: Services): AccessKey {
  return {
    id: key.accessKeyId,
    ownerId,
    sealedSecret: sealSecret(key.secretAccessKey, services),
    status: 'Active',
    createdAt: now,
  }
}

const administrator = (id: string, now: number): User => ({
  id,
  name: 'admin',
  path: '/',
  createdAt: now,
  inlinePolicies: [],
  attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  tags: [],
  groupIds: [],
})

/** A long-term secret as records keep it. */
function sealSecret(secret: string, { keyring }: Services): string {
  return keyring().seal('record', secret).text
}

function freeAccountId({ directory, random }: Services): string {
  for (;;) {
    const number = random.bytes(6).readUIntBE(0, 6) % 900_000_000_000
    const id = String(number + 100_000_000_000)
    if (!directory.global.records.get(accounts, id)) return id
  }
}
