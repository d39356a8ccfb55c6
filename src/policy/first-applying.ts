/** Finds the first statement that applies, through whatever index a list has. */
import { normalForm } from './condition/anchors.ts'
import type { KeyIndex, StatementList } from './condition-index.ts'
import { applies } from './match-statement.ts'
import { mayMatch, piecesOf } from './pattern/fingerprint.ts'
import { longestPrefix } from './prefix-index.ts'
import type { AccessRequest } from './request.ts'
import type { IndexedStatement, StatementGroup } from './statement-index.ts'

/** The first statement of the group that applies, by resource and conditions alone. */
export function firstApplying(
  { all, byResource }: StatementGroup,
  request: AccessRequest,
): IndexedStatement | undefined {
  if (byResource === undefined) {
    for (const entry of all) if (applies(entry.statement, request)) return entry
    return undefined
  }
  const { always, byText } = byResource
  let found = earliestOf(always, request, undefined)
  found = earliestOf(byText.literals.get(request.resource), request, found)
  for (let at = longestPrefix(byText, request.resource); at !== -1; ) {
    const prefix = byText.prefixes[at]
    if (prefix === undefined) break
    found = earliestOf(prefix.statements, request, found)
    at = prefix.parent
  }
  return found
}

function earliestOf(
  list: StatementList | undefined,
  request: AccessRequest,
  found: IndexedStatement | undefined,
): IndexedStatement | undefined {
  if (list === undefined) return found
  const { entries, pieces } = list
  let best =
    pieces === undefined
      ? earliest(entries, request, found)
      : earliestFitting(entries, pieces, request, found)
  for (const index of list.keys) best = earliestByKey(index, request, best)
  return best
}

function earliestByKey(
  index: KeyIndex,
  request: AccessRequest,
  found: IndexedStatement | undefined,
): IndexedStatement | undefined {
  const value = request.context.get(index.key)
  if (value === undefined) return earliest(index.optional, request, found)
  if (typeof value === 'string') return earliestByValue(index, value, request, found)
  if (value.length === 0) return earliest(index.optional, request, found)
  let best = found
  for (const one of value) best = earliestByValue(index, one, request, best)
  return best
}

function earliestByValue(
  { family, byValue }: KeyIndex,
  value: string,
  request: AccessRequest,
  found: IndexedStatement | undefined,
): IndexedStatement | undefined {
  const text = normalForm(family, value)
  if (text === undefined) return found
  let best = earliest(byValue.literals.get(text), request, found)
  for (let at = longestPrefix(byValue, text); at !== -1; ) {
    const prefix = byValue.prefixes[at]
    if (prefix === undefined) break
    best = earliest(prefix.statements, request, best)
    at = prefix.parent
  }
  return best
}

/** As `earliest`, passing over the entries whose Resource cannot match. */
function earliestFitting(
  entries: readonly IndexedStatement[],
  table: Int32Array,
  request: AccessRequest,
  found: IndexedStatement | undefined,
): IndexedStatement | undefined {
  const pieces = piecesOf(request.resource)
  for (let i = 0; i < entries.length; i++) {
    if (!mayMatch(table, i, pieces)) continue
    const entry = entries[i]
    if (entry === undefined || (found !== undefined && entry.order >= found.order)) return found
    if (applies(entry.statement, request)) return entry
  }
  return found
}

/** The first of the entries that applies and comes before `found`; otherwise `found`. */
function earliest(
  entries: readonly IndexedStatement[] | undefined,
  request: AccessRequest,
  found: IndexedStatement | undefined,
): IndexedStatement | undefined {
  if (entries === undefined) return found
  for (const entry of entries) {
    if (found !== undefined && entry.order >= found.order) return found
    if (applies(entry.statement, request)) return entry
  }
  return found
}
