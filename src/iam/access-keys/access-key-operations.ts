import { type AccessKey, accessKeys } from '../../directory/records/access-key.ts'
import { lastUses } from '../../directory/records/last-use.ts'
import { readOperation, type WriteScope, writeOperation } from '../../request/operation.ts'
import { limitExceeded, noSuchAccessKey, unsupportedStatus } from '../errors.ts'
import { paged, pageEnd } from '../paging.ts'
import { quotas } from '../quotas.ts'
import { ownerOf, subjectAccess } from '../users/subject.ts'
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts'

/** The only answer that ever holds the secret: what is kept is sealed. */
const createAccessKey = writeOperation('CreateAccessKey', {
  access: subjectAccess('iam:CreateAccessKey'),
  perform({ UserName }, scope) {
    const { tx, now, services } = scope
    const owner = ownerOf(UserName, scope)
    const keys = Iterator.from(tx.find(accessKeys, 'owner', [owner.id])).toArray()
    if (keys.length >= quotas.AccessKeysPerUser) {
      throw limitExceeded('AccessKeysPerUser', quotas.AccessKeysPerUser)
    }
    const secret = services.ids.secret()
    const key: AccessKey = {
      id: freshKeyId(scope),
      ownerId: owner.id,
      sealedSecret: services.keyring().seal('record', secret).text,
      status: 'Active',
      createdAt: now,
    }
    tx.put(accessKeys, key)
    return {
      AccessKey: {
        ...nameOf(owner.userName),
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: secret,
        CreateDate: key.createdAt,
      },
    }
  },
})

/** Two keys by one id would be two secrets for one signature. */
function freshKeyId({ tx, account, services }: WriteScope): string {
  for (;;) {
    const id = services.ids.accessKey(account)
    const isTaken = tx.get(accessKeys, id) ?? services.directory.accountOfGivenKey(id)
    if (isTaken === undefined) return id
  }
}

const updateAccessKey = writeOperation('UpdateAccessKey', {
  access: subjectAccess('iam:UpdateAccessKey'),
  perform({ UserName, AccessKeyId, Status }, scope) {
    const key = ownKey(UserName, AccessKeyId, scope)
    if (Status === 'Expired') throw unsupportedStatus(Status)
    scope.tx.put(accessKeys, { ...key, status: Status })
  },
})

const deleteAccessKey = writeOperation('DeleteAccessKey', {
  access: subjectAccess('iam:DeleteAccessKey'),
  perform({ UserName, AccessKeyId }, scope) {
    const { tx } = scope
    const key = ownKey(UserName, AccessKeyId, scope)
    tx.delete(accessKeys, key)
    const use = tx.get(lastUses, key.id)
    if (use) tx.delete(lastUses, use)
  },
})

/** Another user's key is as good as none. */
function ownKey(userName: string | undefined, id: string, scope: WriteScope): AccessKey {
  const owner = ownerOf(userName, scope)
  const key = scope.tx.get(accessKeys, id)
  if (key?.ownerId !== owner.id) throw noSuchAccessKey(id)
  return key
}

const listAccessKeys = readOperation('ListAccessKeys', {
  access: subjectAccess('iam:ListAccessKeys'),
  perform(input, scope) {
    const owner = ownerOf(input.UserName, scope)
    const { page, ...end } = paged(
      scope,
      'ListAccessKeys',
      owner.id,
      input,
      (after) => scope.records.find(accessKeys, 'owner', [owner.id], after),
      ({ id }) => id,
    )
    return {
      AccessKeyMetadata: page.map(({ id, status, createdAt }) => ({
        UserName: owner.userName,
        AccessKeyId: id,
        Status: status,
        CreateDate: createdAt,
      })),
      ...pageEnd(end),
    }
  },
})

/** The model requires a name of every key; a key of root has none to show. */
const nameOf = (userName: string | undefined): { readonly UserName: string } =>
  ({ UserName: userName }) as { readonly UserName: string }

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
export const accessKeyOperations = {
  CreateAccessKey: createAccessKey,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
  ListAccessKeys: listAccessKeys,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
}
