/**
 * The Principal element: whom a policy names, and how closely it names the caller.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import type { PrincipalElement } from './document.ts'
import type { Principal } from './request.ts'

/**
 * How closely a caller is named, weakest first. An account delegates to its identity policies; a
 * role (or a federated user's issuer) is limited by boundary and session policies; the caller
 * itself, or everyone, is not.
 */
export const notNamed = 0
export const namedByAccount = 1
export const namedByParent = 2
export const namedItself = 3
export type Naming = 0 | 1 | 2 | 3

/** The names of one Principal element, ready to be looked up. */
export interface PrincipalMatcher {
  /** A bare `"*"`. */
  readonly everyone: boolean
  /** `{"AWS": "*"}`: everyone but the holders of an identity provider's token. */
  readonly everyAwsPrincipal: boolean
  /** ARNs and unique ids under `AWS`, without accounts. */
  readonly aws: ReadonlySet<string>
  readonly accounts: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly federated: ReadonlySet<string>
}

const rootArn = /^arn:[^:]+:iam::(\d{12}):root$/
const accountId = /^\d{12}$/

export function compilePrincipal(element: PrincipalElement): PrincipalMatcher {
  const aws = new Set<string>()
  const accounts = new Set<string>()
  const services = new Set<string>()
  const federated = new Set<string>()
  let everyAwsPrincipal = false
  for (const { type, values } of element.entries) {
    for (const { value } of values.items) {
      if (type === 'Service') services.add(value)
      else if (type === 'Federated') federated.add(value)
      else if (type === 'AWS') {
        const account = accountId.test(value) ? value : rootArn.exec(value)?.[1]
        if (value === '*') everyAwsPrincipal = true
        else if (account !== undefined) accounts.add(account)
        else aws.add(value)
      }
    }
  }
  const everyone = element.bare?.value === '*'
  return { everyone, everyAwsPrincipal, aws, accounts, services, federated }
}

/** Principal ARNs bound to unique ids, as in `ResourcePolicy.principalIds`. */
export type PrincipalIds = ReadonlyMap<string, string> | undefined

/**
 * @param ids - an ARN bound to an id names only the caller who has that id, whatever its ARN is now
 */
export function namingOf(
  matcher: PrincipalMatcher,
  principal: Principal,
  ids: PrincipalIds,
): Naming {
  if (matcher.everyone) return namedItself
  switch (principal.type) {
    case 'web-identity':
    case 'saml':
      return matcher.federated.has(principal.provider) ? namedItself : notNamed
    case 'service':
      if (matcher.everyAwsPrincipal || matcher.services.has(principal.service)) return namedItself
      return notNamed
    case 'anonymous':
      return matcher.everyAwsPrincipal ? namedItself : notNamed
    default:
      if (matcher.everyAwsPrincipal || namesItself(matcher, principal, ids)) return namedItself
      if (namesParent(matcher, principal, ids)) return namedByParent
      return matcher.accounts.has(principal.account) ? namedByAccount : notNamed
  }
}

type AccountPrincipal = Extract<
  Principal,
  { type: 'root' | 'user' | 'assumed-role' | 'federated-user' }
>

function namesItself(
  matcher: PrincipalMatcher,
  principal: AccountPrincipal,
  ids: PrincipalIds,
): boolean {
  switch (principal.type) {
    case 'root':
      return false
    case 'user':
      return namesEntity(matcher, principal.arn, principal.id, ids)
    case 'assumed-role':
      return matcher.aws.has(principal.arn) && boundTo(principal.arn, principal.id, ids)
    case 'federated-user':
      return matcher.aws.has(principal.arn)
  }
}

function namesParent(
  matcher: PrincipalMatcher,
  principal: AccountPrincipal,
  ids: PrincipalIds,
): boolean {
  if (principal.type === 'assumed-role') {
    return namesEntity(matcher, principal.roleArn, principal.id, ids)
  }
  if (principal.type !== 'federated-user' || principal.issuer.type !== 'user') return false
  return namesEntity(matcher, principal.issuer.arn, principal.issuer.id, ids)
}

function namesEntity(
  matcher: PrincipalMatcher,
  arn: string,
  id: string,
  ids: PrincipalIds,
): boolean {
  if (matcher.aws.has(id) || (matcher.aws.has(arn) && boundTo(arn, id, ids))) return true
  // A renamed entity keeps the trust that was given to its id.
  if (ids !== undefined) {
    for (const [named, bound] of ids) {
      if (bound === id && matcher.aws.has(named) && !isSessionArn(named)) return true
    }
  }
  return false
}

/** A session's ARN is bound to its role's id, but names that one session. */
function isSessionArn(arn: string): boolean {
  return /^arn:[^:]*:sts:/.test(arn)
}

function boundTo(arn: string, id: string, ids: PrincipalIds): boolean {
  const bound = ids?.get(arn)
  return bound === undefined || bound === id
}

/**
 * Is the caller spared by `NotPrincipal` of a Deny? AWS asks that every link of the chain be
 * listed: a session with its role and account, a user with its account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isSpared(
  matcher: PrincipalMatcher,
  principal: Principal,
  ids: PrincipalIds,
): boolean {
  const naming = namingOf(matcher, principal, ids)
  if (matcher.everyone || matcher.everyAwsPrincipal) return naming === namedItself
  switch (principal.type) {
    case 'root':
      return naming === namedByAccount
    case 'user':
    case 'federated-user':
      return naming === namedItself && matcher.accounts.has(principal.account)
    case 'assumed-role':
      return (
        naming === namedItself &&
        namesParent(matcher, principal, ids) &&
        matcher.accounts.has(principal.account)
      )
    default:
      return naming === namedItself
  }
}
