/** Distinct strings in order, with the position of a prefix found in logarithmic time. */
export class SortedKeys {
  readonly #keys: string[]

  constructor(keys: Iterable<string>) {
    this.#keys = [...keys].sort()
  }

  add(key: string): void {
    const at = this.#firstNotBelow(key)
    if (this.#keys[at] !== key) this.#keys.splice(at, 0, key)
  }

  remove(key: string): void {
    const at = this.#firstNotBelow(key)
    if (this.#keys[at] === key) this.#keys.splice(at, 1)
  }

  /** The keys that begin with `prefix` and come after `prefix + after`, in order. */
  *from(prefix: string, after?: string): Iterable<string> {
    let at = this.#firstNotBelow(prefix + (after ?? ''))
    if (after !== undefined && this.#keys[at] === prefix + after) at++
    for (;;) {
      const key = this.#keys[at++]
      if (key === undefined || !key.startsWith(prefix)) return
      yield key
    }
  }

  #firstNotBelow(key: string): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] as string) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}
