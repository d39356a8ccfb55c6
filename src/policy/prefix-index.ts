/** Statements by the texts that something of theirs must equal or begin with. */
import type { IndexedStatement } from './statement-index.ts'

interface PrefixEntry<List> {
  readonly prefix: string
  readonly statements: List
  /** The place of the longest other prefix that this one begins with, or -1. */
  parent: number
}

export interface PrefixIndex<List> {
  readonly literals: ReadonlyMap<string, List>
  /** Sorted. */
  readonly prefixes: readonly PrefixEntry<List>[]
}

/** Statements gathered by text; each list keeps the order in which they were added. */
export class PrefixGatherer {
  readonly #literals = new Map<string, IndexedStatement[]>()
  readonly #prefixes = new Map<string, IndexedStatement[]>()

  add(entry: IndexedStatement, text: string, exact: boolean): void {
    const map = exact ? this.#literals : this.#prefixes
    const list = map.get(text)
    if (list === undefined) map.set(text, [entry])
    else if (list[list.length - 1] !== entry) list.push(entry)
  }

  index<List>(listOf: (entries: readonly IndexedStatement[]) => List): PrefixIndex<List> {
    const literals = new Map<string, List>()
    for (const [text, entries] of this.#literals) literals.set(text, listOf(entries))
    const prefixes = [...this.#prefixes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([prefix, entries]) => ({ prefix, statements: listOf(entries), parent: -1 }))
    for (const [i, entry] of prefixes.entries()) {
      let parent = i - 1
      while (parent !== -1 && !entry.prefix.startsWith(prefixes[parent]?.prefix ?? '')) {
        parent = prefixes[parent]?.parent ?? -1
      }
      entry.parent = parent
    }
    return { literals, prefixes }
  }
}

/** The place of the longest prefix that `text` begins with, or -1; the rest are its parents. */
export function longestPrefix<List>({ prefixes }: PrefixIndex<List>, text: string): number {
  let low = 0
  let high = prefixes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((prefixes[middle]?.prefix ?? '') <= text) low = middle + 1
    else high = middle
  }
  let at = low - 1
  while (at !== -1 && !text.startsWith(prefixes[at]?.prefix ?? '')) {
    at = prefixes[at]?.parent ?? -1
  }
  return at
}
