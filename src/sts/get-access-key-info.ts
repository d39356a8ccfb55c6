import { ApiError } from '../catalog/api-error.ts'
import { accounts } from '../directory/records/account.ts'
import { accountOfId } from '../primitives/ids.ts'
import { readOperation } from '../request/operation.ts'

/**
 * The account of any key id, active or not. The id itself tells it; only for accounts of this service.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
export const getAccessKeyInfo = readOperation('GetAccessKeyInfo', {
  access: () => ({ action: 'sts:GetAccessKeyInfo', resource: '*', denial: 'no-resource' }),
  perform({ AccessKeyId }, { services: { directory } }) {
    const account = directory.accountOfGivenKey(AccessKeyId) ?? accountOfId(AccessKeyId)
    if (account === undefined || !directory.global.records.get(accounts, account)) {
      throw new ApiError('ValidationError', `Invalid Access Key ID: ${AccessKeyId}`)
    }
    return { Account: account }
  },
})
