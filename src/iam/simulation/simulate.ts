/**
 * One action tried on each resource. The decision is the engine's own, the same that refuses and lets through real
 * requests; this file only words it as AWS's simulator does.
 */
import type { OperationOutputs } from '../../catalog/operations.ts'
import {
  type AttachedPolicy,
  contextKeysOf,
  type Explanation,
  explain,
  type LayerExplanation,
  type PolicySources,
  type Principal,
  type ResourcePolicy,
} from '../../policy/engine.ts'
import { asksTrustPolicy, type TrustedRole } from '../../request/role-trust.ts'
import type { ResourceNames } from './resource-names.ts'

export type EvaluationResult = NonNullable<
  OperationOutputs['SimulateCustomPolicy']['EvaluationResults']
>[number]
type EvalDecision = EvaluationResult['EvalDecision']
type MatchedStatement = NonNullable<EvaluationResult['MatchedStatements']>[number]
type ResourceResult = NonNullable<EvaluationResult['ResourceSpecificResults']>[number]

/** Everything that is the same for all actions of a simulation. */
export interface Simulation {
  readonly principal: Principal
  /** Who owns the resources. */
  readonly resourceAccount: string
  /** By key in lower case. */
  readonly context: ReadonlyMap<string, string | readonly string[]>
  /** Keys of `context` that the request itself supplied, in lower case. */
  readonly supplied: ReadonlySet<string>
  readonly multivaluedKeys: ReadonlySet<string>
  /** Undefined when the request named none: the action is then tried on `*`. */
  readonly resources: readonly string[] | undefined
  readonly sources: Pick<PolicySources, 'identity' | 'boundary' | 'scps'>
  readonly resourcePolicy: ResourcePolicy | undefined
  /** Trust policies of the resources that are roles, by ARN. */
  readonly trust: ReadonlyMap<string, TrustedRole>
  readonly names: ResourceNames
}

/**
 * @param turn - asked after each resource; what it promises is waited for
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export async function simulateAction(
  action: string,
  simulation: Simulation,
  turn: () => Promise<void> | undefined,
): Promise<EvaluationResult> {
  const { resources, names, sources } = simulation
  const rows: Row[] = []
  for (const resource of resources ?? ['*']) {
    rows.push(tryOn(resource, action, simulation))
    const wait = turn()
    if (wait !== undefined) await wait
  }
  const [first] = rows
  const organizations = sources.scps && {
    OrganizationsDecisionDetail: { AllowedByOrganizations: rows.every((row) => row.underScps) },
  }
  const single = rows.length === 1 && first !== undefined
  return {
    EvalActionName: action,
    EvalResourceName: single ? first.resource : names.templateOf(action),
    EvalDecision: combined(rows.map(({ decision }) => decision)),
    MatchedStatements: distinct(rows.flatMap(({ matched }) => matched)),
    MissingContextValues: [...new Set(rows.flatMap(({ missing }) => missing))],
    ...organizations,
    ...boundaryDetail(rows),
    ...(resources && {
      EvalDecisionDetails: combinedDetails(rows),
      ResourceSpecificResults: rows.map(resourceResult),
    }),
  }
}

interface Row {
  readonly resource: string
  readonly decision: EvalDecision
  readonly matched: readonly MatchedStatement[]
  readonly missing: readonly string[]
  readonly underScps: boolean
  /** Undefined without a boundary. */
  readonly withinBoundary: boolean | undefined
  /** What each kind of policy says by itself, where more than one must allow. */
  readonly details: Readonly<Record<string, EvalDecision>> | undefined
}

function tryOn(resource: string, action: string, simulation: Simulation): Row {
  const { principal, context, multivaluedKeys, resourcePolicy, trust, names } = simulation
  const role = resourcePolicy || !asksTrustPolicy(action) ? undefined : trust.get(resource)
  const resourceAccount = role?.account ?? simulation.resourceAccount
  const sources: PolicySources = {
    ...simulation.sources,
    resource: resourcePolicy ?? role?.policy,
  }
  const fits = names.fits(action, resource)
  const request = { principal, action, resource, resourceAccount, context, multivaluedKeys }
  const explanation = explain(request, fits ? sources : { identity: [], scps: sources.scps })
  const crossAccount = 'account' in principal && principal.account !== resourceAccount
  const decision = decisionOf(explanation, crossAccount)
  const underScps = explanation.layers.every(
    ({ layer, effect }) => layer !== 'scp' || effect === 'allow',
  )
  const boundary = explanation.layers.find(({ layer }) => layer === 'boundary')
  return {
    resource,
    decision,
    matched: underScps ? matchedStatements(explanation, decision) : [],
    missing:
      decision === 'implicitDeny' && underScps && fits ? missingKeys(sources, simulation) : [],
    underScps,
    withinBoundary: boundary && boundary.effect === 'allow',
    details: fits && (role || crossAccount) ? details(explanation) : undefined,
  }
}

const decisions = {
  allow: 'allowed',
  'explicit-deny': 'explicitDeny',
  'implicit-deny': 'implicitDeny',
} as const

/**
 * AWS's simulator lets any Allow of a resource policy of the caller's own account stand by itself, also one that
 * names the account or that a boundary would limit. Real requests are decided more strictly.
 */
function decisionOf({ effect, layer, layers }: Explanation, crossAccount: boolean): EvalDecision {
  const granted = layers.some((one) => one.layer === 'resource' && one.effect === 'allow')
  if (effect === 'implicit-deny' && layer !== 'scp' && granted && !crossAccount) return 'allowed'
  return decisions[effect]
}

const sourceTypes: Readonly<Partial<Record<LayerExplanation['layer'], string>>> = {
  identity: 'IAM Policy',
  boundary: 'Permissions Boundary Policy',
  resource: 'Resource Policy',
  trust: 'Resource Policy',
}

/** The statements that say what was decided: Denies of every layer, or Allows of those that grant. */
function matchedStatements({ layers }: Explanation, decision: EvalDecision): MatchedStatement[] {
  if (decision === 'implicitDeny') return []
  const effect = decision === 'allowed' ? 'Allow' : 'Deny'
  return layers.flatMap(({ layer, policies }) => {
    const type = sourceTypes[layer]
    if (type === undefined || (layer === 'boundary' && effect === 'Allow')) return []
    return policies.flatMap(({ name, statements }) =>
      statements
        .filter((statement) => statement.applies && statement.effect === effect)
        .map(({ startPosition, endPosition }) => ({
          SourcePolicyId: name,
          // AWS prints these texts and not the values that its model lists.
          SourcePolicyType: type as NonNullable<MatchedStatement['SourcePolicyType']>,
          StartPosition: { Line: startPosition.line, Column: startPosition.column },
          EndPosition: { Line: endPosition.line, Column: endPosition.column },
        })),
    )
  })
}

/** Every key that a policy mentions and the request did not supply, whatever it has to do with the decision. */
function missingKeys(
  { identity, boundary, resource }: PolicySources,
  { supplied }: Simulation,
): string[] {
  const policies: (AttachedPolicy | undefined)[] = [...identity, boundary, resource]
  const keys = policies.flatMap((attached) => (attached ? contextKeysOf(attached.policy) : []))
  return [...new Set(keys)].filter(
    (key) => !/^[*?$]$/.test(key) && !supplied.has(key.toLowerCase()),
  )
}

function details({ layers }: Explanation): Record<string, EvalDecision> {
  const found: Record<string, EvalDecision> = {
    'IAM Policy': 'implicitDeny',
    'Resource Policy': 'implicitDeny',
  }
  for (const { layer, effect } of layers) {
    const type = sourceTypes[layer]
    if (type !== undefined) found[type] = decisions[effect]
  }
  return found
}

const severity = { allowed: 0, implicitDeny: 1, explicitDeny: 2 } as const

/** The hardest of several decisions: an action is allowed only if it is on every resource. */
function combined(all: readonly EvalDecision[]): EvalDecision {
  let hardest: EvalDecision = 'allowed'
  for (const one of all) if (severity[one] > severity[hardest]) hardest = one
  return hardest
}

function combinedDetails(rows: readonly Row[]): Record<string, EvalDecision> {
  const all: Record<string, EvalDecision> = {}
  for (const { details } of rows) {
    for (const [type, decision] of Object.entries(details ?? {})) {
      all[type] = combined([all[type] ?? 'allowed', decision])
    }
  }
  return all
}

function boundaryDetail(
  rows: readonly Row[],
): Pick<EvaluationResult, 'PermissionsBoundaryDecisionDetail'> {
  const within = rows.flatMap(({ withinBoundary }) => withinBoundary ?? [])
  if (within.length === 0) return {}
  const AllowedByPermissionsBoundary = within.every((one) => one)
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary } }
}

function resourceResult(row: Row): ResourceResult {
  const { resource, decision, matched, missing, details } = row
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decision,
    ...(matched.length > 0 && { MatchedStatements: matched }),
    ...(missing.length > 0 && { MissingContextValues: missing }),
    ...(details && { EvalDecisionDetails: details }),
    ...boundaryDetail([row]),
  }
}

function distinct(statements: readonly MatchedStatement[]): MatchedStatement[] {
  const seen = new Map<string, MatchedStatement>()
  for (const statement of statements) {
    const key = JSON.stringify(statement)
    if (!seen.has(key)) seen.set(key, statement)
  }
  return [...seen.values()]
}
