import * as v from 'valibot'
import { ApiError } from '../catalog/api-error.ts'
import { accountAliases } from '../directory/records/account.ts'
import { isAccountId } from '../primitives/arn.ts'
import { isoSeconds } from '../primitives/clock.ts'
import { newestDenial } from '../request/decision-log.ts'
import { smallestChange } from '../request/smallest-change.ts'
import { type AdminOperation, adminOperation } from './admin-operation.ts'
import { AccountExists, createAccount } from './create-account.ts'
import { simulate } from './simulate.ts'

const accountId = v.pipe(v.string(), v.check(isAccountId, 'must be twelve digits'))
/** It is shown in tables and terminals: no line ends, no control characters. */
const accountName = v.pipe(
  v.string(),
  v.regex(/^\P{C}{1,128}$/u, 'must have 1 to 128 characters, none of them a control character'),
)
const nothing = v.strictObject({})

const createAccountOperation = adminOperation(
  'CreateAccount',
  v.strictObject({
    Id: v.optional(accountId),
    Name: v.optional(accountName),
  }),
  async ({ Id, Name }, { now, services }) => {
    try {
      const { id, rootKey } = await createAccount({ id: Id, name: Name }, now, services)
      return {
        AccountId: id,
        RootAccessKeyId: rootKey.accessKeyId,
        RootSecretAccessKey: rootKey.secretAccessKey,
      }
    } catch (error) {
      if (error instanceof AccountExists) {
        throw new ApiError('EntityAlreadyExists', error.message, { cause: error })
      }
      throw error
    }
  },
)

const listAccounts = adminOperation('ListAccounts', nothing, (_input, { services }) => {
  const { directory } = services
  const Accounts = [...directory.accounts].map(({ id, name, createdAt, management }) => {
    const [alias] = directory.global.records.find(accountAliases, 'account', [id])
    return {
      AccountId: id,
      Name: name,
      Alias: alias?.alias,
      CreateDate: isoSeconds(createdAt),
      Management: management === true,
    }
  })
  return { Accounts }
})

const listKeys = adminOperation('ListKeys', nothing, (_input, { services }) => {
  const keys = services.masterKeys.list()
  return {
    Keys: keys.map(({ id, createdAt }, index) => ({
      KeyId: keyName(id),
      CreateDate: isoSeconds(createdAt),
      Sealing: index === keys.length - 1,
    })),
  }
})

const rotateKeys = adminOperation('RotateKeys', nothing, async (_input, { now, services }) => {
  const { id, createdAt } = await services.masterKeys.rotate(now)
  return { KeyId: keyName(id), CreateDate: isoSeconds(createdAt) }
})

const getDecision = adminOperation(
  'GetDecision',
  v.strictObject({
    RequestId: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
    Caller: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(2_048))),
  }),
  async ({ RequestId, Caller }, { services }) => {
    const record = await newestDenial(services.journal, { id: RequestId, key: Caller })
    if (!record) {
      const which =
        (RequestId === undefined ? '' : ` with id ${RequestId}`) +
        (Caller === undefined ? '' : ` of ${Caller}`)
      throw new ApiError('NoSuchEntity', `No refused request${which} is on record.`)
    }
    return { ...record, smallestChange: smallestChange(record) }
  },
)

const keyName = (id: number): string => id.toString(16).padStart(8, '0')

/** Every operation of Watchword's own API by name. */
export const adminOperations: ReadonlyMap<string, AdminOperation> = new Map(
  [createAccountOperation, listAccounts, listKeys, rotateKeys, getDecision, simulate].map(
    (operation) => [operation.name, operation],
  ),
)
