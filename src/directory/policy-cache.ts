import { LRUCache } from 'lru-cache'
import { type Policy, type PolicyKind, parsePolicy } from '../policy/engine.ts'

/** Compiled policies by text: a document that a thousand roles share is compiled once. */
export class PolicyCache {
  readonly #compiled = new LRUCache<string, Policy>({ max: 5_000 })

  /** @throws PolicyError for a text that is no valid policy of this kind */
  compile(text: string, kind: PolicyKind): Policy {
    const key = `${kind} ${text}`
    const known = this.#compiled.get(key)
    if (known) return known
    const policy = parsePolicy(text, kind)
    this.#compiled.set(key, policy)
    return policy
  }
}
