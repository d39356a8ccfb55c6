import type { RecordStore } from '../store/record-store.ts'
import { AccountDirectory } from './account-directory.ts'
import { type Account, accounts, givenKeyIds } from './records/account.ts'

/** The pseudo account of the records that are unique across accounts. */
const globalAccount = 'global'

/** Every account of the service; each is loaded when first asked for and then answers from memory. */
export class Directory {
  readonly global: AccountDirectory
  readonly #store: RecordStore
  readonly #open = new Map<string, AccountDirectory>()
  readonly #opening = new Map<string, Promise<AccountDirectory>>()

  private constructor(store: RecordStore, global: AccountDirectory) {
    this.#store = store
    this.global = global
  }

  static async open(store: RecordStore): Promise<Directory> {
    return new Directory(store, await AccountDirectory.open(store, globalAccount))
  }

  /** True while no account was ever made. */
  static async isNew(store: RecordStore): Promise<boolean> {
    return (await store.load(globalAccount)).revision === 0
  }

  /** The account if it is already in memory. */
  loaded(id: string): AccountDirectory | undefined {
    return this.#open.get(id)
  }

  /**
   * Undefined for an account that this service does not have. Given at once when it is in memory, as it nearly always
   * is: a promise would cost each request a turn.
   */
  account(id: string): AccountDirectory | undefined | Promise<AccountDirectory> {
    const open = this.#open.get(id)
    if (open) return open
    return this.global.records.get(accounts, id) ? this.#load(id) : undefined
  }

  /**
   * An account that is being made: its records are written before it is entered among the accounts. Nobody else sees
   * it until then, so keys of an account that never came to be open nothing.
   */
  async newAccount(id: string): Promise<AccountDirectory> {
    return AccountDirectory.open(this.#store, id)
  }

  /** The account of a key id that an operator gave, which need not carry its account. */
  accountOfGivenKey(keyId: string): string | undefined {
    return this.global.records.get(givenKeyIds, keyId)?.account
  }

  get accounts(): Iterable<Account> {
    return this.global.records.list(accounts)
  }

  get loadedAccounts(): Iterable<AccountDirectory> {
    return this.#open.values()
  }

  #load(id: string): Promise<AccountDirectory> {
    const opening = this.#opening.get(id)
    if (opening) return opening
    const load = AccountDirectory.open(this.#store, id)
      .then((account) => {
        this.#open.set(id, account)
        return account
      })
      .finally(() => this.#opening.delete(id))
    this.#opening.set(id, load)
    return load
  }
}
