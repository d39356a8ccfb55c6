/**
 * A set as one Cedar policy set, so that Cedar too answers each request in one call: an Allow is a
 * `permit`, a Deny a `forbid`, and a layer that limits is a `forbid … unless` any of its Allows.
 */
import type { BenchSet, Document, Json, Statement } from './bench-set.ts'

const text = (value: string): string => JSON.stringify(value)
const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T]
const wild = (value: string): boolean => value.includes('*')

export function toCedar(set: BenchSet): string {
  const { identity, boundary, session, scps, resourcePolicy } = set
  const limits = [boundary, session, resourcePolicy, ...(scps ?? [])].filter((d) => d !== undefined)
  return [
    ...identity.flatMap((document) => document.Statement.map(toPolicy)),
    ...limits.flatMap(toLimit),
  ].join('\n')
}

function toPolicy(statement: Statement): string {
  const { Effect, Action, Resource, Condition } = statement
  const head = Effect === 'Allow' ? 'permit' : 'forbid'
  const tests = [resourceTest(listOf(Resource)), ...conditionTests(Condition)].filter(
    (test) => test !== undefined,
  )
  const when = tests.length === 0 ? '' : ` when { ${tests.join(' && ')} }`
  return `${head}(principal, ${actionScope(listOf(Action))}, resource)${when};`
}

function toLimit({ Statement }: Document): string[] {
  const allows = Statement.filter(({ Effect }) => Effect === 'Allow').map((statement) => {
    const tests = [
      statement.Principal && `principal == Principal::${text(statement.Principal.AWS)}`,
      actionTest(listOf(statement.Action)),
      resourceTest(listOf(statement.Resource)),
      ...conditionTests(statement.Condition),
    ].filter((test) => test !== undefined)
    return tests.length === 0 ? 'true' : `(${tests.join(' && ')})`
  })
  return [
    `forbid(principal, action, resource) unless { ${allows.join(' || ')} };`,
    ...Statement.filter(({ Effect }) => Effect === 'Deny').map(toPolicy),
  ]
}

/** Action wildcards are groups, which is Cedar's own form for them. */
function actionScope(actions: readonly string[]): string {
  if (actions.includes('*')) return 'action'
  const [only] = actions
  if (actions.length === 1 && only !== undefined && !wild(only))
    return `action == Action::${text(only)}`
  return `action in [${actions.map((action) => `Action::${text(action)}`).join(', ')}]`
}

function actionTest(actions: readonly string[]): string | undefined {
  return actions.includes('*') ? undefined : actionScope(actions)
}

function resourceTest(resources: readonly string[]): string | undefined {
  if (resources.includes('*')) return undefined
  const tests = resources.map((resource) =>
    wild(resource)
      ? `context.resource like ${text(resource)}`
      : `context.resource == ${text(resource)}`,
  )
  return tests.length === 1 ? tests[0] : `(${tests.join(' || ')})`
}

function conditionTests(condition: Statement['Condition']): string[] {
  return Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => conditionTest(operator, key, value)),
  )
}

function conditionTest(operator: string, key: string, value: Json): string {
  const values = listOf(value).map(String)
  const asked = `context[${text(key)}]`
  const has = `context has ${text(key)}`
  const literal = (one: string): string => {
    const variable = /^\$\{(.+)\}$/.exec(one)?.[1]
    return variable === undefined ? text(one) : `context[${text(variable)}]`
  }
  const [first = ''] = values
  const set = `[${values.map(text).join(', ')}]`
  switch (operator) {
    case 'StringEquals':
      return `${has} && ${asked} == ${literal(first)}`
    case 'StringLike':
      return `${has} && ${asked} like ${text(first)}`
    case 'IpAddress':
      return `${has} && ${asked}.isInRange(ip(${text(first)}))`
    case 'Bool':
      return `${has} && ${asked} == ${first}`
    case 'NumericLessThan':
      return `${has} && ${asked} < ${first}`
    case 'ForAllValues:StringEquals':
      return `(!(${has}) || ${set}.containsAll(${asked}))`
    case 'ForAnyValue:StringEquals':
      return `${has} && ${asked}.containsAny(${set})`
    case 'Null':
      return first === 'false' ? has : `!(${has})`
    default:
      throw new Error(`${operator} has no translation`)
  }
}
