/**
 * The decision with its reasons. The outcome is `decide`'s own; the layers are gone through again
 * with the same tests, but to the end, so that the answer says of every statement what kept it out.
 */
import { decide, isUnderRcps, isUnderScps, layerOf } from './decide.ts'
import type { Decision, Layer } from './decision.ts'
import { explainStatement, missingKeys } from './explain-statement.ts'
import type {
  Explanation,
  LayerExplanation,
  PolicyExplanation,
  StatementReference,
} from './explanation.ts'
import type { AccessRequest, AttachedPolicy, PolicySources, ResourcePolicy } from './request.ts'

/**
 * Explains one request: slower than `decide`, for it asks every statement and not only until one has decided.
 *
 * @param request - as for `decide`
 * @param sources - as for `decide`
 * @returns the same effect and deciding statement as `decide`, with what each layer said
 * @throws never
 */
export function explain(request: AccessRequest, sources: PolicySources): Explanation {
  const decision = decide(request, sources)
  const missing = new Set<string>()
  const layers = layersOf(request, sources).map((layer) =>
    explainLayer(layer, request, sources.boundary !== undefined, missing),
  )
  return {
    effect: decision.effect,
    layer: decision.layer,
    decidedBy: referenceOf(decision),
    layers,
    missingContextKeys: [...missing],
  }
}

function referenceOf({ policy, statement }: Decision): StatementReference | null {
  if (policy === undefined || statement === undefined) return null
  const { name, sourceType = null } = policy
  const { sid = null, index, start } = statement
  return { policy: name, sourceType, sid, index, line: start.line, column: start.column }
}

interface LayerPolicies {
  readonly layer: Layer
  readonly level: number | null
  readonly policies: readonly ResourcePolicy[]
  readonly names: boolean
}

/** The layers that bind this caller, in the order `decide` asks them for a Deny. */
function layersOf(request: AccessRequest, sources: PolicySources): LayerPolicies[] {
  const { rcps, scps, vpcEndpoint, resource, identity, boundary, session } = sources
  const layers: LayerPolicies[] = []
  const add = (
    layer: Layer,
    policies: readonly AttachedPolicy[] | undefined,
    names = false,
    level: number | null = null,
  ): void => {
    if (policies !== undefined) layers.push({ layer, level, policies, names })
  }
  const only = (policy: AttachedPolicy | undefined): AttachedPolicy[] | undefined =>
    policy === undefined ? undefined : [policy]
  if (isUnderRcps(request)) {
    for (const [level, policies] of (rcps ?? []).entries()) add('rcp', policies, false, level)
  }
  if (isUnderScps(request)) {
    for (const [level, policies] of (scps ?? []).entries()) add('scp', policies, false, level)
  }
  add('vpc-endpoint', only(vpcEndpoint), true)
  add(resource === undefined ? 'resource' : layerOf(resource), only(resource), true)
  add('identity', identity)
  add('boundary', only(boundary))
  add('session', session)
  return layers
}

function explainLayer(
  { layer, level, policies, names }: LayerPolicies,
  request: AccessRequest,
  bounded: boolean,
  missing: Set<string>,
): LayerExplanation {
  let effect: Decision['effect'] = 'implicit-deny'
  const explained = policies.map(
    ({ policy, name, sourceType = null, principalIds }): PolicyExplanation => ({
      name,
      sourceType,
      statements: policy.statements.map((statement) => {
        const circumstances = { policy, ids: principalIds, names, bounded }
        const one = explainStatement(statement, request, circumstances)
        for (const key of missingKeys(statement, one, request)) missing.add(key)
        if (one.applies && one.effect === 'Deny') effect = 'explicit-deny'
        else if (one.applies && effect === 'implicit-deny') effect = 'allow'
        return one
      }),
    }),
  )
  return { layer, level, effect, policies: explained }
}
