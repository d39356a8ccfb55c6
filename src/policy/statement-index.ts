/**
 * Finds the statements of a policy that can say something of an action without reading them all:
 * by service, then by the action itself (remembered), then, in long lists, by resource.
 */
import { matchesGlob } from './pattern/glob.ts'
import type { TextPattern } from './pattern/text-pattern.ts'
import type { PolicyStatement } from './policy.ts'
import { indexResources, type ResourceIndex } from './resource-index.ts'

/** A statement with its place in the order in which statements are asked. */
export interface IndexedStatement {
  readonly statement: PolicyStatement
  readonly order: number
  /** Which of several policies it is from. */
  readonly source: number
}

/** Statements of one effect that cover an action. */
export interface StatementGroup {
  /** In order. */
  readonly all: readonly IndexedStatement[]
  /** Present when `all` is too long to be tried one by one. */
  readonly byResource: ResourceIndex | undefined
}

/** The statements of a policy that cover one action. */
export interface Candidates {
  readonly allows: StatementGroup
  readonly denies: StatementGroup
}

/** A policy's statements by service; what was found for an action is remembered. */
export interface StatementIndex {
  /** Statements that name this service and no service wildcard. */
  readonly services: ReadonlyMap<string, readonly IndexedStatement[]>
  /** Statements of NotAction or with a wildcard where the service stands. */
  readonly anyService: readonly IndexedStatement[]
  readonly remembered: Map<string, Candidates>
}

const nothing: StatementGroup = { all: [], byResource: undefined }
const noCandidates: Candidates = { allows: nothing, denies: nothing }
const mostRemembered = 256
const longList = 32

/** @param policies - the statements of one policy, or of several to be asked as one */
export function indexStatements(policies: readonly (readonly PolicyStatement[])[]): StatementIndex {
  const services = new Map<string, IndexedStatement[]>()
  const anyService: IndexedStatement[] = []
  let order = 0
  for (const [source, statements] of policies.entries()) {
    for (const statement of statements) {
      const entry = { statement, order: order++, source }
      const named = new Set(statement.actions.map(serviceOf))
      if (statement.notAction || named.has(undefined)) anyService.push(entry)
      else for (const service of named) addTo(services, service ?? '', entry)
    }
  }
  return { services, anyService, remembered: new Map() }
}

function addTo(
  services: Map<string, IndexedStatement[]>,
  service: string,
  entry: IndexedStatement,
): void {
  const list = services.get(service)
  if (list === undefined) services.set(service, [entry])
  else list.push(entry)
}

function serviceOf({ source }: TextPattern): string | undefined {
  const colon = source.indexOf(':')
  const service = source.slice(0, colon)
  return colon === -1 || /[*?]/.test(service) ? undefined : service
}

const lowerCaseActions = new Map<string, string>()

/** Remembered, because the same few actions are asked again and again. */
export function lowerCaseAction(action: string): string {
  const known = lowerCaseActions.get(action)
  if (known !== undefined) return known
  if (lowerCaseActions.size >= 4096) lowerCaseActions.clear()
  const lower = action.toLowerCase()
  lowerCaseActions.set(action, lower)
  return lower
}

/** The statements whose Action or NotAction covers `action`, which is in lower case. */
export function candidatesFor(index: StatementIndex, action: string): Candidates {
  const known = index.remembered.get(action)
  if (known !== undefined) return known
  const named = index.services.get(action.slice(0, action.indexOf(':')))
  if (named === undefined && index.anyService.length === 0) return noCandidates
  const covering = [...(named ?? []), ...index.anyService]
    .filter(({ statement }) => coversAction(statement, action))
    .sort((a, b) => a.order - b.order)
  const candidates =
    covering.length === 0
      ? noCandidates
      : { allows: groupOf(covering, 'Allow'), denies: groupOf(covering, 'Deny') }
  if (index.remembered.size >= mostRemembered) index.remembered.clear()
  index.remembered.set(action, candidates)
  return candidates
}

function groupOf(entries: readonly IndexedStatement[], effect: 'Allow' | 'Deny'): StatementGroup {
  const all = entries.filter(({ statement }) => statement.effect === effect)
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
