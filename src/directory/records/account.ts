import { collection } from '../collection.ts'

/** An account of this service. Kept in the `global` records, like everything that is unique across accounts. */
export interface Account {
  /** Twelve digits. */
  readonly id: string
  /** A name for people. */
  readonly name?: string | undefined
  readonly createdAt: number
  /** The first account: its callers may manage the service, as far as their policies allow. */
  readonly management?: boolean | undefined
}

export const accounts = collection('account', { key: (account: Account) => [account.id] })

/** An account alias; unique among all accounts, one an account. */
export interface AccountAlias {
  readonly alias: string
  readonly account: string
}

export const accountAliases = collection('account-alias', {
  key: (alias: AccountAlias) => [alias.alias],
  indexes: { account: (alias) => [[alias.account]] },
})

/** A key id given by the operator, which need not carry its account as issued ids do. */
export interface GivenKeyId {
  readonly keyId: string
  readonly account: string
}

export const givenKeyIds = collection('given-key-id', {
  key: (given: GivenKeyId) => [given.keyId],
})
