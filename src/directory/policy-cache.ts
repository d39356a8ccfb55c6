import { LRUCache } from 'lru-cache'
import { type Policy, type PolicyKind, parsePolicy } from '../policy/engine.ts'

const mostBytes = 128 * 1024 * 1024

/** Compiled policies by text: a document that a thousand roles share is compiled once. */
export class PolicyCache {
  // A cache a kind: the text itself is the key, and a text that a record holds is hashed once.
  readonly #compiled = new Map<PolicyKind, LRUCache<string, Policy>>()

  /** @throws PolicyError for a text that is no valid policy of this kind */
  compile(text: string, kind: PolicyKind): Policy {
    let ofKind = this.#compiled.get(kind)
    if (!ofKind) {
      ofKind = new LRUCache({
        max: 5_000,
        maxSize: mostBytes,
        sizeCalculation: (_policy, source) => compiledBytes(source),
      })
      this.#compiled.set(kind, ofKind)
    }
    const known = ofKind.get(text)
    if (known) return known
    // A session's policy comes from a request. What is stored was judged then, by the rules of then.
    const policy = parsePolicy(text, kind, kind === 'session' ? 'store' : 'evaluate')
    ofKind.set(text, policy)
    return policy
  }
}

/**
 * About what a policy takes when it is compiled. Each value takes half a kilobyte, however short: two kilobytes of text
 * can come to half a megabyte.
 */
export function compiledBytes(text: string): number {
  let bytes = 1024 + 2 * text.length
  for (let i = 0; i < text.length; i++) bytes += bytesOf[text.charCodeAt(i)] ?? 0
  return bytes
}

const heavyBytes = 32 * 1024

/**
 * Is it better not to hold this policy, compiled, beside each session or role that has it? There can be thousands of
 * them; this cache has a limit, and remembers heavy ones as far as it can.
 */
export const isHeavyPolicy = (text: string): boolean => compiledBytes(text) > heavyBytes

/** A value follows a comma, a bracket or a brace; a star divides a pattern. */
const bytesOf = new Uint16Array(128)
for (const character of ',[{') bytesOf[character.charCodeAt(0)] = 512
for (const character of '*?$') bytesOf[character.charCodeAt(0)] = 48
