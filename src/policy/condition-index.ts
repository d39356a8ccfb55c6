/**
 * Long lists of statements that only their conditions tell apart: by the values that one key must
 * equal or begin with, so that a request tries only those its own value can meet.
 */
import type { Anchors } from './condition/anchors.ts'
import type { Condition } from './condition/condition.ts'
import type { OperatorFamily } from './condition/operator-names.ts'
import { fingerprintWords, requiredPieces } from './pattern/fingerprint.ts'
import { PrefixGatherer, type PrefixIndex } from './prefix-index.ts'
import type { IndexedStatement } from './statement-index.ts'

/** Statements to be tried for one request, and what tells which of them can apply. */
export interface StatementList {
  /** In order; all of the list, or what `keys` does not hold. */
  readonly entries: readonly IndexedStatement[]
  /** Of long `entries`: the fingerprint that each one's Resource asks for, one after another. */
  readonly pieces: Int32Array | undefined
  readonly keys: readonly KeyIndex[]
}

/** Statements by what they ask of one condition key. */
export interface KeyIndex {
  readonly key: string
  /** Values are looked up in this family's normal form. */
  readonly family: OperatorFamily
  readonly byValue: PrefixIndex<readonly IndexedStatement[]>
  /** What applies too when the request has no value. */
  readonly optional: readonly IndexedStatement[]
}

const longList = 16
const noKeys: readonly KeyIndex[] = []

/** Short lists get no index: trying each costs less. */
export function listOf(entries: readonly IndexedStatement[]): StatementList {
  if (entries.length <= longList) return { entries, pieces: undefined, keys: noKeys }
  const variety = varietyOfKeys(entries)
  const others: IndexedStatement[] = []
  const gathered = new Map<string, Gathered>()
  for (const entry of entries) {
    const chosen = mostTelling(entry, variety)
    if (chosen === undefined) others.push(entry)
    else gather(gathered, entry, chosen)
  }
  const keys = [...gathered.values()].map(({ key, family, gatherer, optional }) => ({
    key,
    family,
    byValue: gatherer.index((list) => list),
    optional,
  }))
  return { entries: others, pieces: piecesOfAll(others), keys }
}

interface Gathered {
  readonly key: string
  readonly family: OperatorFamily
  readonly gatherer: PrefixGatherer
  readonly optional: IndexedStatement[]
}

function gather(
  gathered: Map<string, Gathered>,
  entry: IndexedStatement,
  { key, anchors: { family, anchors, optional } }: Anchored,
): void {
  const name = `${family} ${key}`
  const known = gathered.get(name) ?? {
    key,
    family,
    gatherer: new PrefixGatherer(),
    optional: [],
  }
  gathered.set(name, known)
  for (const { text, exact } of anchors) known.gatherer.add(entry, text, exact)
  if (optional) known.optional.push(entry)
}

function piecesOfAll(entries: readonly IndexedStatement[]): Int32Array | undefined {
  if (entries.length <= longList) return undefined
  const table = new Int32Array(entries.length * fingerprintWords)
  for (const [i, { statement }] of entries.entries()) {
    const { resources, notResource } = statement
    const globs = notResource || resources === undefined ? [] : resources.map(({ glob }) => glob)
    table.set(requiredPieces(globs), i * fingerprintWords)
  }
  return table
}

/** How many different values the statements ask of each key. */
function varietyOfKeys(entries: readonly IndexedStatement[]): Map<string, number> {
  const values = new Map<string, Set<string>>()
  for (const { statement } of entries) {
    for (const { key, anchors } of statement.conditions) {
      if (anchors === undefined) continue
      const known = values.get(key) ?? new Set()
      values.set(key, known)
      for (const { text } of anchors.anchors) known.add(text)
    }
  }
  return new Map([...values].map(([key, known]) => [key, known.size]))
}

type Anchored = Condition & { readonly anchors: Anchors }

/** The condition whose key tells these statements apart best. */
function mostTelling(
  { statement }: IndexedStatement,
  variety: ReadonlyMap<string, number>,
): Anchored | undefined {
  let best: Anchored | undefined
  for (const condition of statement.conditions) {
    if (!isAnchored(condition)) continue
    if (best === undefined || (variety.get(condition.key) ?? 0) > (variety.get(best.key) ?? 0)) {
      best = condition
    }
  }
  return best
}

function isAnchored(condition: Condition): condition is Anchored {
  return condition.anchors !== undefined
}
