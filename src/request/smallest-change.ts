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

/** @returns undefined for what was allowed */
export function smallestChange(record: DecisionRecord): SmallestChange | undefined {
  const { effect } = record.explanation
  if (effect === 'allow') return undefined
  return effect === 'explicit-deny' ? liftedDeny(record) : missingAllow(record)
}

interface Candidate {
  readonly policy: string
  readonly statement: StatementExplanation
}

const candidates = ({ policies }: LayerExplanation): Candidate[] =>
  policies.flatMap(({ name, statements }) =>
    statements.map((statement) => ({ policy: name, statement })),
  )

function liftedDeny({ explanation }: DecisionRecord): SmallestChange {
  const { layer, layers } = explanation
  const denies = layers
    .flatMap(candidates)
    .filter(({ statement }) => statement.applies && statement.effect === 'Deny')
  const [first] = denies
  const held = first?.statement.conditions.find(({ holds }) => holds)
  const wayOut = held
    ? `; it would not if ${held.operator} on ${held.key} did not hold (the request has ${shown(held.actual)})`
    : '; it has to be narrowed or removed'
  const others = denies.length > 1 ? ` So do ${denies.length - 1} more.` : ''
  const place = first ? placeOf(first) : 'A statement'
  return {
    layer,
    policy: first?.policy ?? null,
    index: first?.statement.index ?? null,
    text: `${place} denies it${wayOut}. A Deny wins over every Allow.${others}${stillSilent(silentLayers(layers))}`,
    statement: null,
  }
}

function missingAllow(record: DecisionRecord): SmallestChange {
  const { layer, layers } = record.explanation
  const near = layers
    .filter((one) => one.layer === layer && one.effect !== 'allow')
    .flatMap(candidates)
    .filter(({ statement }) => statement.effect === 'Allow' && statement.failed.length === 1)
    .sort((a, b) => distance(a.statement) - distance(b.statement))[0]
  const added = layer === 'trust' || layer === 'resource'
  const standsIn = near ? isClose(near.statement) : added
  const others = silentLayers(layers).filter(
    (one) => one !== layer && !(one === 'identity' && added && standsIn),
  )
  if (near) return changedStatement(layer, near, record, stillSilent(others))
  const { action, resource } = record
  const text = `${capital(article(layer))} must allow ${action} on ${resource}: add a statement such as the one given.`
  const statement = addition(record)
  return { layer, policy: null, index: null, text: `${text}${stillSilent(others)}`, statement }
}

/** A resource's policy that names the caller itself needs no identity-based policy beside it. */
const isClose = ({ namedAs }: StatementExplanation): boolean =>
  namedAs === 'itself' || namedAs === 'role-or-issuer'

/** Layers that all must allow; a resource-based policy must only where it decided. */
const limiting = new Set(['scp', 'vpc-endpoint', 'trust', 'identity', 'boundary', 'session'])

/** The limiting layers without an Allow that applies, each once. */
function silentLayers(layers: readonly LayerExplanation[]): string[] {
  const trust = layers.find(({ layer }) => layer === 'trust')
  const named = trust && candidates(trust).some((one) => grants(one) && isClose(one.statement))
  const silent = layers.filter(
    (one) =>
      limiting.has(one.layer) &&
      !(one.layer === 'identity' && named) &&
      !candidates(one).some(grants),
  )
  return [...new Set(silent.map(({ layer }) => layer))]
}

const grants = ({ statement }: Candidate): boolean =>
  statement.applies && statement.effect === 'Allow'

function stillSilent(layers: readonly string[]): string {
  if (layers.length === 0) return ''
  const names = layers.map((layer) => article(layer))
  return ` Besides, ${names.join(' and ')} must allow it.`
}

/** A key that the caller can send is nearer than a policy that somebody has to change. */
function distance({ failed, conditions }: StatementExplanation): number {
  if (failed[0] === 'condition') return conditions.filter(({ holds }) => !holds).length - 0.5
  return failed[0] === 'resource' ? 1 : 2
}

function changedStatement(
  layer: string,
  candidate: Candidate,
  { action, resource, callerArn }: DecisionRecord,
  rest: string,
): SmallestChange {
  const { policy, statement } = candidate
  const wanted = {
    condition: conditionText(statement),
    resource: `its Resource covered ${resource}`,
    action: `its Action covered ${action}`,
    principal: `its Principal named ${callerArn}`,
  }[statement.failed[0] ?? 'action']
  const text = `${placeOf(candidate)} would allow it if ${wanted}.${rest}`
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

const shown = (actual: string | readonly string[] | null): string =>
  actual === null ? 'no such key' : JSON.stringify(actual)

function placeOf({ policy, statement: { sid, index } }: Candidate): string {
  const name = `Statement ${index + 1}`
  return `${sid === null ? name : `${name} ("${sid}")`} of ${policy}`
}

const names: Readonly<Record<string, string>> = {
  identity: 'an identity-based policy',
  boundary: 'the permissions boundary',
  session: 'a session policy',
  resource: 'the resource-based policy',
  trust: "the role's trust policy",
  scp: 'a service control policy of every level',
  rcp: 'the resource control policies',
  'vpc-endpoint': 'the VPC endpoint policy',
}

const article = (layer: string): string => names[layer] ?? layer

function addition({ explanation, action, resource, callerArn }: DecisionRecord): object {
  const { layer } = explanation
  if (layer === 'trust') return { Effect: 'Allow', Principal: { AWS: callerArn }, Action: action }
  if (layer === 'resource') {
    return { Effect: 'Allow', Principal: { AWS: callerArn }, Action: action, Resource: resource }
  }
  return { Effect: 'Allow', Action: action, Resource: resource }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
