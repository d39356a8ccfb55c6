import { LRUCache } from 'lru-cache'
import { type Policy, type PolicyKind, parsePolicy } from '../policy/engine.ts'

/** Compiled policies by text: a document that a thousand roles share is compiled once. */
export class PolicyCache {
  // A cache a kind: the text itself is the key, and a text that a record holds is hashed once.
  readonly #compiled = new Map<PolicyKind, LRUCache<string, Policy>>()

  /** @throws PolicyError for a text that is no valid policy of this kind */
  compile(text: string, kind: PolicyKind): Policy {
    let ofKind = this.#compiled.get(kind)
    if (!ofKind) {
      ofKind = new LRUCache({ max: 5_000 })
      this.#compiled.set(kind, ofKind)
    }
    const known = ofKind.get(text)
    if (known) return known
    const policy = parsePolicy(text, kind)
    ofKind.set(text, policy)
    return policy
  }
}
