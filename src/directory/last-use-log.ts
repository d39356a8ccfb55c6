import type { AccountDirectory } from './account-directory.ts'
import { type LastUse, lastUses } from './records/last-use.ts'

/** Remembers when keys and roles were last used and writes it in batches: a read must not cost a write. */
export class LastUseLog {
  readonly #fresh = new Map<string, Map<string, LastUse>>()

  note(account: string, use: LastUse): void {
    let uses = this.#fresh.get(account)
    if (!uses) {
      uses = new Map()
      this.#fresh.set(account, uses)
    }
    uses.set(use.id, use)
  }

  find(account: AccountDirectory, id: string): LastUse | undefined {
    return this.#fresh.get(account.account)?.get(id) ?? account.records.get(lastUses, id)
  }

  /** Writes what is new; what cannot be written is kept for the next time. */
  async flush(accounts: Iterable<AccountDirectory>): Promise<void> {
    for (const account of accounts) {
      const uses = this.#fresh.get(account.account)
      if (!uses) continue
      this.#fresh.delete(account.account)
      try {
        await account.write((tx) => {
          for (const use of uses.values()) tx.put(lastUses, use)
        })
      } catch (error) {
        const newer = this.#fresh.get(account.account) ?? new Map<string, LastUse>()
        this.#fresh.set(account.account, new Map([...uses, ...newer]))
        throw error
      }
    }
  }
}
