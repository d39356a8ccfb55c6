/** Long lists of statements by what their Resource begins with. */
import { listOf, type StatementList } from './condition-index.ts'
import { prefixOf } from './pattern/glob.ts'
import { PrefixGatherer, type PrefixIndex } from './prefix-index.ts'
import type { IndexedStatement } from './statement-index.ts'

export interface ResourceIndex {
  /** Statements that can match any resource. */
  readonly always: StatementList
  readonly byText: PrefixIndex<StatementList>
}

export function indexResources(statements: readonly IndexedStatement[]): ResourceIndex {
  const always: IndexedStatement[] = []
  const gatherer = new PrefixGatherer()
  for (const entry of statements) {
    const { statement } = entry
    const patterns = statement.notResource ? undefined : statement.resources
    if (patterns === undefined || patterns.some(({ glob }) => prefixOf(glob) === '')) {
      always.push(entry)
      continue
    }
    for (const { literal, glob } of patterns) {
      gatherer.add(entry, literal ?? prefixOf(glob), literal !== undefined)
    }
  }
  return { always: listOf(always), byText: gatherer.index(listOf) }
}
