import { ApiError } from '../../catalog/api-error.ts'
import { type AccountAlias, accountAliases } from '../../directory/records/account.ts'
import { isAccountId } from '../../primitives/arn.ts'
import { readOperation } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { accountAliasExists, noSuchAccountAlias } from '../errors.ts'
import { pagedShort, pageEnd } from '../paging.ts'

/**
 * An account's alias. Aliases are unique among all accounts, so they are kept in the global records and these
 * operations write there themselves: for the account's own records they are reads.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/console_account-alias.html
 */
const createAccountAlias = readOperation('CreateAccountAlias', {
  access: () => ({ action: 'iam:CreateAccountAlias', resource: '*' }),
  async perform({ AccountAlias: alias }, { account, services }) {
    if (isAccountId(alias)) throw looksLikeAccount()
    await services.directory.global.write((tx) => {
      if (tx.get(accountAliases, alias)) throw accountAliasExists(alias)
      // A new alias takes the place of the old one.
      for (const old of [...tx.find(accountAliases, 'account', [account])]) {
        tx.delete(accountAliases, old)
      }
      tx.put(accountAliases, { alias, account })
    })
  },
})

const deleteAccountAlias = readOperation('DeleteAccountAlias', {
  access: () => ({ action: 'iam:DeleteAccountAlias', resource: '*' }),
  async perform({ AccountAlias: alias }, { account, services }) {
    await services.directory.global.write((tx) => {
      const known = tx.get(accountAliases, alias)
      if (known?.account !== account) throw noSuchAccountAlias(alias)
      tx.delete(accountAliases, known)
    })
  },
})

const listAccountAliases = readOperation('ListAccountAliases', {
  access: () => ({ action: 'iam:ListAccountAliases', resource: '*' }),
  perform(input, scope) {
    const { page, ...end } = pagedShort(
      scope,
      'ListAccountAliases',
      undefined,
      input,
      aliasesOf(scope),
      ({ alias }) => alias,
    )
    return { AccountAliases: page.map(({ alias }) => alias), ...pageEnd(end) }
  },
})

const aliasesOf = ({ account, services }: Scope): Iterable<AccountAlias> =>
  services.directory.global.records.find(accountAliases, 'account', [account])

/** AWS keeps sign-in addresses by alias apart from those by account id. */
const looksLikeAccount = (): ApiError =>
  new ApiError('ValidationError', 'The account alias must not be a 12 digit number.')

export const accountAliasOperations = {
  CreateAccountAlias: createAccountAlias,
  DeleteAccountAlias: deleteAccountAlias,
  ListAccountAliases: listAccountAliases,
}
