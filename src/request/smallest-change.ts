import type { LayerExplanation, StatementExplanation } from '../policy/engine.ts'
import type { DecisionRecord } from './decision-record.ts'

/** The least that would have turned a refusal round, for a person to judge: it is often not what should be done. */
export interface SmallestChange {
  readonly layer: string
  /** The policy and statement to change; null when a statement has to be added. */
  readonly policy: string | null
  readonly index: number | null
  readonly text: string
  /** A statement to add, where one has to be. */
  readonly statement: object | null
}

const layerNames: Readonly<Record<string, string>> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based policy',
  trust: 'role trust policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  'vpc-endpoint': 'VPC endpoint policy',
}

export const layerName = (layer: string): string => layerNames[layer] ?? layer

/** @returns undefined for what was allowed */
export function smallestChange(record: DecisionRecord): SmallestChange | undefined {
  const { explanation } = record
  if (explanation.effect === 'allow') return undefined
  return explanation.effect === 'explicit-deny' ? liftedDeny(record) : missingAllow(record)
}

function liftedDeny({ explanation }: DecisionRecord): SmallestChange {
  const { layer, layers } = explanation
  const denies = layers.flatMap((one) =>
    candidates(one).filter(({ statement }) => statement.applies && statement.effect === 'Deny'),
  )
  const others = denies.length - 1
  const [first] = denies
  const place = first ? `${nameOf(first.statement)} of ${first.policy}` : 'The statement'
  const held = first?.statement.conditions.find(({ holds }) => holds)
  const how = held
    ? `must not apply: it would not if ${held.operator} on ${held.key} did not hold (the request has ${shown(held.actual)})`
    : 'must not apply: it denies without a condition'
  const rest =
    others > 0 ? `; ${others} more ${others === 1 ? 'Deny applies' : 'Denies apply'}` : ''
  return {
    layer,
    policy: first?.policy ?? null,
    index: first?.statement.index ?? null,
    text: `${place} must be changed or removed, since it ${how}${rest}. A Deny wins over every Allow.`,
    statement: null,
  }
}

interface Candidate {
  readonly policy: string
  readonly statement: StatementExplanation
}

const candidates = ({ policies }: LayerExplanation): Candidate[] =>
  policies.flatMap(({ name, statements }) =>
    statements.map((statement) => ({ policy: name, statement })),
  )

function missingAllow(record: DecisionRecord): SmallestChange {
  const { explanation } = record
  const { layer } = explanation
  const silent = explanation.layers.filter((one) => one.layer === layer && one.effect !== 'allow')
  // A statement of which one thing is wrong; with conditions, the fewer of them the better.
  const near = silent
    .flatMap(candidates)
    .filter(({ statement }) => statement.effect === 'Allow' && statement.failed.length === 1)
    .sort((a, b) => distance(a.statement) - distance(b.statement))[0]
  const rest =
    layer === 'identity' || layer === 'trust' ? '' : ' (every layer that applies must allow)'
  if (near) return changedStatement(layer, near, record, rest)
  const statement = addition(record)
  return {
    layer,
    policy: null,
    index: null,
    text: `Some ${layerName(layer)} must allow ${record.action} on ${record.resource}${rest}. Add a statement such as the one given.`,
    statement,
  }
}

/** A key that the caller can send is nearer than a policy that somebody has to change. */
function distance({ failed, conditions }: StatementExplanation): number {
  if (failed[0] === 'condition') return conditions.filter(({ holds }) => !holds).length - 0.5
  return failed[0] === 'resource' ? 1 : 2
}

function changedStatement(
  layer: string,
  { policy, statement }: Candidate,
  { action, resource, callerArn }: DecisionRecord,
  rest: string,
): SmallestChange {
  const place = `${nameOf(statement)} of ${policy}`
  const texts = {
    condition: `${place} would allow it if ${conditionText(statement)}`,
    resource: `${place} would allow it if its Resource covered ${resource}`,
    action: `${place} would allow it if its Action covered ${action}`,
    principal: `${place} would allow it if its Principal named ${callerArn}`,
  }
  const text = `${texts[statement.failed[0] ?? 'action']}${rest}.`
  return { layer, policy, index: statement.index, text, statement: null }
}

function conditionText({ conditions }: StatementExplanation): string {
  return conditions
    .filter(({ holds }) => !holds)
    .map(
      ({ key, operator, wanted, actual }) =>
        `${key} met ${operator} ${wanted.map((value) => JSON.stringify(value)).join(' or ')} (the request has ${shown(actual)})`,
    )
    .join(', and ')
}

export function shown(actual: string | readonly string[] | null): string {
  if (actual === null) return 'no such key'
  return JSON.stringify(actual)
}

export const nameOf = ({ sid, index }: { sid: string | null; index: number }): string =>
  sid === null ? `Statement ${index + 1}` : `Statement ${index + 1} ("${sid}")`

function addition({ explanation, action, resource, callerArn }: DecisionRecord): object {
  const { layer } = explanation
  if (layer === 'trust') return { Effect: 'Allow', Principal: { AWS: callerArn }, Action: action }
  if (layer === 'resource') {
    return { Effect: 'Allow', Principal: { AWS: callerArn }, Action: action, Resource: resource }
  }
  return { Effect: 'Allow', Action: action, Resource: resource }
}
