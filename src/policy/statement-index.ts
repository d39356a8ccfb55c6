/**
 * Finds the statements of a policy that can say something of an action without reading them all:
 * by service, then by the action itself (remembered), then, in long lists, by resource.
 */
import { matchesGlob } from './pattern/glob.ts'
import type { TextPattern } from './pattern/text-pattern.ts'
import type { PolicyStatement } from './policy.ts'
import { indexResources, type ResourceIndex } from './resource-index.ts'

export interface StatementGroup {
  /** In the order of the document. */
  readonly all: readonly PolicyStatement[]
  /** Present when `all` is too long to be tried one by one. */
  readonly byResource: ResourceIndex | undefined
}

export interface Candidates {
  readonly allows: StatementGroup
  readonly denies: StatementGroup
}

export interface StatementIndex {
  /** Statements that name this service and no service wildcard. */
  readonly services: ReadonlyMap<string, readonly PolicyStatement[]>
  /** Statements of NotAction or with a wildcard where the service stands. */
  readonly anyService: readonly PolicyStatement[]
  readonly remembered: Map<string, Candidates>
}

const nothing: StatementGroup = { all: [], byResource: undefined }
const noCandidates: Candidates = { allows: nothing, denies: nothing }
const mostRemembered = 256
const longList = 8

export function indexStatements(statements: readonly PolicyStatement[]): StatementIndex {
  const services = new Map<string, PolicyStatement[]>()
  const anyService: PolicyStatement[] = []
  for (const statement of statements) {
    const named = new Set(statement.actions.map(serviceOf))
    if (statement.notAction || named.has(undefined)) {
      anyService.push(statement)
      continue
    }
    for (const service of named) {
      if (service === undefined) continue
      const list = services.get(service)
      if (list === undefined) services.set(service, [statement])
      else list.push(statement)
    }
  }
  return { services, anyService, remembered: new Map() }
}

function serviceOf({ source }: TextPattern): string | undefined {
  const colon = source.indexOf(':')
  const service = source.slice(0, colon)
  return colon === -1 || /[*?]/.test(service) ? undefined : service
}

/** The statements whose Action or NotAction covers `action`, which is in lower case. */
export function candidatesFor(index: StatementIndex, action: string): Candidates {
  const known = index.remembered.get(action)
  if (known !== undefined) return known
  const named = index.services.get(action.slice(0, action.indexOf(':')))
  if (named === undefined && index.anyService.length === 0) return noCandidates
  const covering = [...(named ?? []), ...index.anyService]
    .filter((statement) => coversAction(statement, action))
    .sort((a, b) => a.index - b.index)
  const candidates =
    covering.length === 0
      ? noCandidates
      : { allows: groupOf(covering, 'Allow'), denies: groupOf(covering, 'Deny') }
  if (index.remembered.size >= mostRemembered) index.remembered.clear()
  index.remembered.set(action, candidates)
  return candidates
}

function groupOf(statements: readonly PolicyStatement[], effect: 'Allow' | 'Deny'): StatementGroup {
  const all = statements.filter((statement) => statement.effect === effect)
  if (all.length === 0) return nothing
  return { all, byResource: all.length > longList ? indexResources(all) : undefined }
}

/** @param action - in lower case */
export function coversAction(statement: PolicyStatement, action: string): boolean {
  for (const pattern of statement.actions) {
    if (matchesGlob(pattern.glob, action)) return !statement.notAction
  }
  return statement.notAction
}
