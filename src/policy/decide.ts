/**
 * One request against every policy that applies to it. First any Deny of any layer ends it; then each layer that
 * limits must allow: service control policies, the VPC endpoint, and the identity policies within boundary and session
 * policies, which a resource policy of the same account can stand in for, as far as it names the caller itself.
 */
import { isSameAccount, isSamePartition } from './account.ts'
import { combinedIndex } from './combined-index.ts'
import { type Decision, denial, grant, implicitDenial, type Layer } from './decision.ts'
import { firstApplying } from './first-applying.ts'
import { applies, namingIn } from './match-statement.ts'
import { type Naming, namedByParent, namedItself, notNamed } from './principal.ts'
import type { AccessRequest, AttachedPolicy, PolicySources, ResourcePolicy } from './request.ts'
import { candidatesFor, lowerCaseAction } from './statement-index.ts'

/**
 * Decides one request. Pure and synchronous; pass the time as `aws:CurrentTime` in the context.
 *
 * @param request - the caller, the action, the resource and the condition keys
 * @param sources - parsed policies by layer; leave out what does not apply
 * @returns the effect, the layer that decided, and the statement where one did
 * @throws never: `parsePolicy` has refused whatever cannot be decided
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(request: AccessRequest, sources: PolicySources): Decision {
  const action = lowerCaseAction(request.action)
  if (!isSamePartition(request)) return implicitDenial('identity')
  return (
    explicitDenial(request, sources, action) ??
    organizationDenial(request, sources, action) ??
    accountDecision(request, sources, action)
  )
}

/** Is the caller bound by the service control policies of its own account? */
export function isUnderScps({ principal }: AccessRequest): boolean {
  switch (principal.type) {
    case 'root':
    case 'user':
    case 'federated-user':
      return true
    case 'assumed-role':
      return principal.serviceLinked !== true
    default:
      return false
  }
}

/** Resource control policies hold for resources, so not for actions that have none. */
export function isUnderRcps({ principal, resource }: AccessRequest): boolean {
  if (principal.type === 'assumed-role' && principal.serviceLinked === true) return false
  return resource !== '*'
}

/** A role's trust policy is a layer of its own. */
export function layerOf(policy: ResourcePolicy): Layer {
  return policy.policy.kind === 'trust' ? 'trust' : 'resource'
}

function explicitDenial(
  request: AccessRequest,
  sources: PolicySources,
  action: string,
): Decision | undefined {
  const { rcps, scps, vpcEndpoint, resource, identity, boundary, session } = sources
  const bounded = boundary !== undefined
  let found: Decision | undefined
  if (rcps !== undefined && isUnderRcps(request))
    found = deniedByLevels('rcp', rcps, request, action)
  if (found === undefined && scps !== undefined && isUnderScps(request)) {
    found = deniedByLevels('scp', scps, request, action)
  }
  if (found === undefined && vpcEndpoint !== undefined) {
    found = deniedByNaming('vpc-endpoint', vpcEndpoint, request, action, bounded)
  }
  if (found === undefined && resource !== undefined) {
    found = deniedByNaming(layerOf(resource), resource, request, action, bounded)
  }
  found ??= deniedByAny('identity', identity, request, action)
  if (found === undefined && boundary !== undefined) {
    found = deniedBy('boundary', boundary, request, action)
  }
  if (found === undefined && session !== undefined) {
    found = deniedByAny('session', session, request, action)
  }
  return found
}

function deniedByLevels(
  layer: Layer,
  levels: readonly (readonly AttachedPolicy[])[],
  request: AccessRequest,
  action: string,
): Decision | undefined {
  for (const level of levels) {
    const found = deniedByAny(layer, level, request, action)
    if (found !== undefined) return found
  }
  return undefined
}

function deniedByAny(
  layer: Layer,
  policies: readonly AttachedPolicy[],
  request: AccessRequest,
  action: string,
): Decision | undefined {
  const index = combinedIndex(policies)
  if (index !== undefined) {
    const found = firstApplying(candidatesFor(index, action).denies, request)
    const attached = found === undefined ? undefined : policies[found.source]
    if (found === undefined || attached === undefined) return undefined
    return denial(layer, attached, found.statement)
  }
  for (const attached of policies) {
    const found = deniedBy(layer, attached, request, action)
    if (found !== undefined) return found
  }
  return undefined
}

function deniedBy(
  layer: Layer,
  attached: AttachedPolicy,
  request: AccessRequest,
  action: string,
): Decision | undefined {
  const { denies } = candidatesFor(attached.policy.index, action)
  if (denies.all.length === 0) return undefined
  const found = firstApplying(denies, request)
  return found === undefined ? undefined : denial(layer, attached, found.statement)
}

function deniedByNaming(
  layer: Layer,
  attached: ResourcePolicy,
  request: AccessRequest,
  action: string,
  bounded: boolean,
): Decision | undefined {
  const { policy, principalIds } = attached
  for (const { statement } of candidatesFor(policy.index, action).denies.all) {
    const naming = namingIn(statement, policy, request, principalIds, bounded)
    if (naming !== notNamed && applies(statement, request)) {
      return denial(layer, attached, statement)
    }
  }
  return undefined
}

/** What stands above both accounts' own policies: every level of SCPs, and the VPC endpoint. */
function organizationDenial(
  request: AccessRequest,
  { scps, vpcEndpoint, boundary }: PolicySources,
  action: string,
): Decision | undefined {
  if (scps !== undefined && isUnderScps(request)) {
    for (const level of scps) {
      if (allowedByAny('scp', level, request, action) === undefined) return implicitDenial('scp')
    }
  }
  if (vpcEndpoint === undefined) return undefined
  const named = grantByNaming(vpcEndpoint, request, action, boundary !== undefined)
  return named.naming === notNamed ? implicitDenial('vpc-endpoint') : undefined
}

function accountDecision(request: AccessRequest, sources: PolicySources, action: string): Decision {
  const { principal } = request
  const { resource, boundary, session } = sources
  const granted = grantByNaming(resource, request, action, boundary !== undefined)
  const layer = resource === undefined ? 'resource' : layerOf(resource)
  switch (principal.type) {
    case 'web-identity':
    case 'saml':
      // A provider is trusted by roles of its own account only.
      if (!isSameAccount(request)) return implicitDenial(layer)
      return granted.naming === namedItself ? granted.by : implicitDenial(layer)
    case 'service':
    case 'anonymous':
      // These have no policies of their own: the resource's owner alone decides.
      return granted.naming === namedItself ? granted.by : implicitDenial(layer)
    default:
  }
  if (isSameAccount(request)) {
    const required = layer === 'trust' || resource?.required === true
    if (required && granted.naming === notNamed) return implicitDenial(layer)
    // A trust policy stands in for identity policies, but never for boundary or session policies.
    if (granted.naming === namedItself && layer !== 'trust') return granted.by
    if (granted.naming >= namedByParent) {
      return limitedBy(boundary, session, request, action) ?? granted.by
    }
  }
  const own = ownGrant(request, sources, action)
  if (own === undefined) return implicitDenial('identity')
  if (!isSameAccount(request) && granted.naming === notNamed) return implicitDenial(layer)
  return limitedBy(boundary, session, request, action) ?? own
}

/** What identity policies allow; the root user needs none. */
function ownGrant(
  request: AccessRequest,
  { identity }: PolicySources,
  action: string,
): Decision | undefined {
  const { principal } = request
  const root = principal.type === 'federated-user' ? principal.issuer : principal
  if (root.type === 'root') return grant('identity', undefined, undefined)
  return allowedByAny('identity', identity, request, action)
}

/** The boundary or session policies that do not allow, if any. */
function limitedBy(
  boundary: AttachedPolicy | undefined,
  session: readonly AttachedPolicy[] | undefined,
  request: AccessRequest,
  action: string,
): Decision | undefined {
  if (boundary !== undefined && allowedBy('boundary', boundary, request, action) === undefined) {
    return implicitDenial('boundary')
  }
  const { type } = request.principal
  if (session === undefined) {
    return type === 'federated-user' ? implicitDenial('session') : undefined
  }
  // Policies of an AssumeRoot session only deny: root starts from full access.
  if (type === 'root') return undefined
  if (allowedByAny('session', session, request, action) === undefined) {
    return implicitDenial('session')
  }
  return undefined
}

function allowedByAny(
  layer: Layer,
  policies: readonly AttachedPolicy[],
  request: AccessRequest,
  action: string,
): Decision | undefined {
  const index = combinedIndex(policies)
  if (index !== undefined) {
    const found = firstApplying(candidatesFor(index, action).allows, request)
    const attached = found === undefined ? undefined : policies[found.source]
    if (found === undefined || attached === undefined) return undefined
    return grant(layer, attached, found.statement)
  }
  for (const attached of policies) {
    const found = allowedBy(layer, attached, request, action)
    if (found !== undefined) return found
  }
  return undefined
}

function allowedBy(
  layer: Layer,
  attached: AttachedPolicy,
  request: AccessRequest,
  action: string,
): Decision | undefined {
  const { allows } = candidatesFor(attached.policy.index, action)
  if (allows.all.length === 0) return undefined
  const found = firstApplying(allows, request)
  return found === undefined ? undefined : grant(layer, attached, found.statement)
}

interface NamedGrant {
  readonly naming: Naming
  readonly by: Decision
}

const notGranted: NamedGrant = { naming: notNamed, by: implicitDenial('resource') }

/** The Allow that names the caller most closely; of equals, the first. */
function grantByNaming(
  attached: ResourcePolicy | undefined,
  request: AccessRequest,
  action: string,
  bounded: boolean,
): NamedGrant {
  if (attached === undefined) return notGranted
  const { policy, principalIds } = attached
  let best = notGranted
  for (const { statement } of candidatesFor(policy.index, action).allows.all) {
    const naming = namingIn(statement, policy, request, principalIds, bounded)
    if (naming <= best.naming || !applies(statement, request)) continue
    best = { naming, by: grant(namedLayer(attached), attached, statement) }
    if (naming === namedItself) break
  }
  return best
}

function namedLayer(attached: ResourcePolicy): Layer {
  return attached.policy.kind === 'vpc-endpoint' ? 'vpc-endpoint' : layerOf(attached)
}
