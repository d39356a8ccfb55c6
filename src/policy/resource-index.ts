/** Long lists of statements by what their Resource begins with. */
import { prefixOf } from './pattern/glob.ts'
import type { IndexedStatement } from './statement-index.ts'

interface PrefixEntry {
  readonly prefix: string
  readonly statements: IndexedStatement[]
  /** The longest other prefix in the list that this one begins with, or -1. */
  parent: number
}

export interface ResourceIndex {
  /** Statements that can match any resource. */
  readonly always: readonly IndexedStatement[]
  readonly literals: ReadonlyMap<string, readonly IndexedStatement[]>
  /** Sorted. */
  readonly prefixes: readonly PrefixEntry[]
}

export function indexResources(statements: readonly IndexedStatement[]): ResourceIndex {
  const always: IndexedStatement[] = []
  const literals = new Map<string, IndexedStatement[]>()
  const byPrefix = new Map<string, IndexedStatement[]>()
  for (const entry of statements) {
    const { statement } = entry
    const patterns = statement.notResource ? undefined : statement.resources
    if (patterns === undefined || patterns.some(({ glob }) => prefixOf(glob) === '')) {
      always.push(entry)
      continue
    }
    for (const { literal, glob } of patterns) {
      if (literal !== undefined) add(literals, literal, entry)
      else add(byPrefix, prefixOf(glob), entry)
    }
  }
  return { always, literals, prefixes: withParents(byPrefix) }
}

function add(map: Map<string, IndexedStatement[]>, key: string, entry: IndexedStatement): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [entry])
  else if (list[list.length - 1] !== entry) list.push(entry)
}

function withParents(byPrefix: ReadonlyMap<string, IndexedStatement[]>): PrefixEntry[] {
  const entries = [...byPrefix.keys()]
    .sort(byUnits)
    .map((prefix): PrefixEntry => ({ prefix, statements: byPrefix.get(prefix) ?? [], parent: -1 }))
  for (const [i, entry] of entries.entries()) {
    let parent = i - 1
    while (parent !== -1 && !entry.prefix.startsWith(entries[parent]?.prefix ?? '')) {
      parent = entries[parent]?.parent ?? -1
    }
    entry.parent = parent
  }
  return entries
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The place of the longest prefix that `resource` begins with, or -1; the rest are its parents. */
export function longestPrefix({ prefixes }: ResourceIndex, resource: string): number {
  let low = 0
  let high = prefixes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((prefixes[middle]?.prefix ?? '') <= resource) low = middle + 1
    else high = middle
  }
  let at = low - 1
  while (at !== -1 && !resource.startsWith(prefixes[at]?.prefix ?? '')) {
    at = prefixes[at]?.parent ?? -1
  }
  return at
}
