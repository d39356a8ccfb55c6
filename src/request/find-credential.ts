import { ApiError } from '../catalog/api-error.ts'
import type { AccountDirectory } from '../directory/account-directory.ts'
import { type AccessKey, accessKeys } from '../directory/records/access-key.ts'
import { foldName } from '../directory/records/entity.ts'
import { roles } from '../directory/records/role.ts'
import { type User, users } from '../directory/records/user.ts'
import type { Session } from '../directory/session/session.ts'
import { accountOfId } from '../primitives/ids.ts'
import { type Caller, federatedCaller, roleCaller, rootCaller, userCaller } from './caller.ts'
import type { Services } from './services.ts'
import { whenReady } from './when-ready.ts'

/** A key that exists, is active and not expired, with the secret that must have signed. */
export interface Credential {
  readonly caller: Caller
  readonly secretAccessKey: string
}

/** Without a final period for text that is no token, with one for keys and tokens that lead to nobody: so AWS says it. */
export const invalidToken = (): ApiError =>
  new ApiError('InvalidClientTokenId', 'The security token included in the request is invalid')
const unknownKey = (): ApiError =>
  new ApiError('InvalidClientTokenId', 'The security token included in the request is invalid.')
const expiredToken = (): ApiError =>
  new ApiError('ExpiredToken', 'The security token included in the request is expired')

/**
 * Finds who an access key id (and session token) stands for. Whether the request is signed with its secret is
 * checked afterwards: AWS looks for the key first.
 *
 * @param now - milliseconds since the epoch
 * @throws ApiError InvalidClientTokenId, ExpiredToken
 */
export function findCredential(
  accessKeyId: string,
  sessionToken: string | undefined,
  now: number,
  services: Services,
): Credential | Promise<Credential> {
  return sessionToken === undefined
    ? longTermCredential(accessKeyId, services)
    : sessionCredential(accessKeyId, sessionToken, now, services)
}

function longTermCredential(
  accessKeyId: string,
  services: Services,
): Credential | Promise<Credential> {
  const { directory } = services
  const accountId = directory.accountOfGivenKey(accessKeyId) ?? accountOfId(accessKeyId)
  if (accountId === undefined) throw unknownKey()
  return whenReady(directory.account(accountId), (account) => {
    const key = account?.records.get(accessKeys, accessKeyId)
    if (!account || key?.status !== 'Active') throw unknownKey()
    const known = knownCredentials.get(key)
    if (known && isCurrent(known.caller, account)) return known
    const found = { secretAccessKey: secretOf(key, services), caller: ownerOf(key, account) }
    knownCredentials.set(key, found)
    return found
  })
}

/** A key record never changes in place, so what it leads to is found out once, as long as its owner is the same. */
const knownCredentials = new WeakMap<AccessKey, Credential>()

const isCurrent = (caller: Caller, account: AccountDirectory): boolean =>
  caller.account === account &&
  (caller.type !== 'user' || userNamed(account, caller.user.name) === caller.user)

function ownerOf(key: AccessKey, account: AccountDirectory): Caller {
  if (key.ownerId === account.account) return rootCaller(account, key.id)
  const user = userById(account, key.ownerId)
  if (!user) throw unknownKey()
  return userCaller(account, key.id, user)
}

function sessionCredential(
  accessKeyId: string,
  sessionToken: string,
  now: number,
  { directory, sessionTokens }: Services,
): Credential | Promise<Credential> {
  const opened = sessionTokens.open(sessionToken, accessKeyId)
  if (!opened) throw invalidToken()
  const { session, secretAccessKey } = opened
  if (session.accessKeyId !== accessKeyId) throw unknownKey()
  if (now >= session.expiresAt * 1000) throw expiredToken()
  return whenReady(directory.account(session.account), (account) => {
    const caller = account && sessionCaller(account, session)
    if (!caller) throw unknownKey()
    return { caller, secretAccessKey }
  })
}

/** Undefined when the role or user is gone; one of the same name made since is another one. */
function sessionCaller(account: AccountDirectory, session: Session): Caller | undefined {
  if (session.type === 'role') {
    const role = account.records.get(roles, foldName(session.roleName))
    return role?.id === session.roleId ? roleCaller(account, role, session) : undefined
  }
  const isRoot = session.userId === account.account
  const user = isRoot ? undefined : userById(account, session.userId, session.userName)
  if (!isRoot && !user) return undefined
  if (session.type === 'federated-user') return federatedCaller(account, user, session)
  return user
    ? userCaller(account, session.accessKeyId, user, session)
    : rootCaller(account, session.accessKeyId, session)
}

/** Names change and ids do not; the name only spares building the index of ids. */
function userById(account: AccountDirectory, id: string, name?: string): User | undefined {
  const named = name === undefined ? undefined : userNamed(account, name)
  if (named?.id === id) return named
  for (const user of account.records.find(users, 'id', [id])) return user
  return undefined
}

const userNamed = (account: AccountDirectory, name: string): User | undefined =>
  account.records.get(users, foldName(name))

function secretOf(key: AccessKey, { keyring }: Services): string {
  const opened = keyring().open('record', key.sealedSecret)
  if (!opened) throw new Error(`The secret of access key ${key.id} was sealed by another keyring.`)
  return opened.text
}
