/** Finds the first statement that applies, through whatever index a list has. */
import type { StatementList } from './condition-index.ts'
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
  for (const { key, byValue } of list.keys) {
    const value = onlyValue(request.context.get(key))
    if (value === undefined) continue
    best = earliest(byValue.literals.get(value), request, best)
    for (let at = longestPrefix(byValue, value); at !== -1; ) {
      const prefix = byValue.prefixes[at]
      if (prefix === undefined) break
      best = earliest(prefix.statements, request, best)
      at = prefix.parent
    }
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

/** Indexed conditions have no set operator, so they are met by one value or by none. */
function onlyValue(value: string | readonly string[] | undefined): string | undefined {
  if (typeof value !== 'object') return value
  return value.length === 1 ? value[0] : undefined
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
