/** The tests that decide and explain share: does one statement apply to one request? */
import { holdsFor } from './condition/condition.ts'
import { matchesPattern } from './pattern/text-pattern.ts'
import type { Policy, PolicyStatement } from './policy.ts'
import { isSpared, type Naming, namedItself, namingOf, notNamed } from './principal.ts'
import type { AccessRequest, ResourcePolicy } from './request.ts'

/** A statement without Resource is about what its policy is attached to. */
export function matchesResource(statement: PolicyStatement, request: AccessRequest): boolean {
  const { resources, notResource } = statement
  if (resources === undefined) return true
  if (!notResource) {
    for (const pattern of resources) {
      if (matchesPattern(pattern, request.resource, request) === true) return true
    }
    return false
  }
  for (const pattern of resources) {
    const matches = matchesPattern(pattern, request.resource, request)
    if (matches === true) return false
    // A variable without a value excludes nothing from a Deny and lets an Allow grant nothing.
    if (matches === undefined && statement.effect === 'Allow') return false
  }
  return true
}

function meetsConditions(statement: PolicyStatement, request: AccessRequest): boolean {
  for (const condition of statement.conditions) if (!holdsFor(condition, request)) return false
  return true
}

/** Resource and conditions; the caller has looked at action and principal. */
export function applies(statement: PolicyStatement, request: AccessRequest): boolean {
  return matchesResource(statement, request) && meetsConditions(statement, request)
}

/** Of a policy that names principals: how closely this statement names the caller. */
export function namingIn(
  statement: PolicyStatement,
  policy: Policy,
  request: AccessRequest,
  ids: ResourcePolicy['principalIds'],
  bounded: boolean,
): Naming {
  const { principal: matcher, notPrincipal, effect } = statement
  const { principal } = request
  if (matcher === undefined) return notNamed
  if (!notPrincipal) {
    // In a trust policy "AWS": "*" lets in principals of accounts, not services.
    if (policy.kind === 'trust' && effect === 'Allow' && principal.type === 'service') {
      return matcher.services.has(principal.service) ? namedItself : notNamed
    }
    return namingOf(matcher, principal, ids)
  }
  if (effect === 'Allow') {
    return namingOf(matcher, principal, ids) === notNamed ? namedItself : notNamed
  }
  // AWS: Deny with NotPrincipal always hits a principal that has a permissions boundary.
  return !bounded && isSpared(matcher, principal, ids) ? notNamed : namedItself
}
