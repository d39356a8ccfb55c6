import type { Statement } from '../document.ts'
import { compileGlob, matchesGlob } from '../pattern/glob.ts'
import { type LintContext, spend } from './context.ts'
import { type ServiceAction, serviceOf } from './service-data.ts'

/** Longer than any action name there is: such a pattern is compared with nothing. */
const longestAction = 200

/**
 * The actions that one entry of Action names; undefined when that is not to be told, for `*`, an
 * unknown service or a spent budget.
 */
export function matchedActions(
  context: LintContext,
  entry: string,
): readonly ServiceAction[] | undefined {
  const colon = entry.indexOf(':')
  if (colon === -1) return undefined
  const service = serviceOf(entry.slice(0, colon).toLowerCase())
  if (service === undefined) return undefined
  const name = entry.slice(colon + 1).toLowerCase()
  if (!/[*?]/.test(name)) {
    const action = service.actions.get(name)
    return action === undefined ? [] : [action]
  }
  if (name.replace(/\*/g, '').length > longestAction) return []
  if (!spend(context, service.actions.size)) return undefined
  const glob = compileGlob(name.replace(/\*+/g, '*'))
  return [...service.actions.values()].filter(({ lower }) => matchesGlob(glob, lower))
}

/** Whether an Allow statement's Action reaches an action (`iam:passrole`, lower case). */
export function entryMatches(entry: string, action: string): boolean {
  if (entry.length > longestAction) return false
  const lower = entry.toLowerCase()
  return lower === action || (/[*?]/.test(lower) && matchesGlob(compileGlob(lower), action))
}

/** The first entry of Action that reaches an action. */
export function entryFor(statement: Statement, action: string): string | undefined {
  return statement.action?.items.find(({ value }) => entryMatches(value, action))?.value
}
