import { ApiError } from '../../catalog/api-error.ts'
import { type PolicyDocument, readDocument } from '../../policy/document.ts'
import { JsonError } from '../../policy/json.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { checkPolicyDocument, checkTrustPolicySize } from '../policy-document.ts'
import { checkSharedIssuers } from './shared-issuers.ts'
import { accountOfPrincipal, awsPrincipal } from './trusted-principal.ts'

/**
 * A trust policy on its way in. The users and roles it names are bound to their unique ids, so that whoever
 * later gets a name that was trusted does not inherit the trust.
 *
 * `loadTrustedAccounts` belongs in `access`, which may wait; `readTrustPolicy` then finds every account in memory.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface TrustPolicy {
  readonly trustPolicy: string
  readonly trustedIds: Readonly<Record<string, string>>
}

/** Loads the accounts that a document names. One that cannot be read names none: `perform` refuses it. */
export async function loadTrustedAccounts(text: string, { services }: Scope): Promise<void> {
  const document = tryReadDocument(text)
  if (!document) return
  const named = new Set(
    awsPrincipals(document).flatMap(({ value }) => accountOfPrincipal(value) ?? []),
  )
  for (const account of named) await services.directory.account(account)
}

/**
 * Checks a trust policy and binds its principals.
 * @throws ApiError MalformedPolicyDocument, LimitExceeded
 */
export function readTrustPolicy(text: string, scope: WriteScope): TrustPolicy {
  checkPolicyDocument(text, 'trust')
  const document = readDocument(text)
  const trustedIds: Record<string, string> = {}
  for (const { value } of awsPrincipals(document)) {
    const principal = awsPrincipal(value, scope)
    if (!principal) throw invalidPrincipal('AWS', value)
    if (principal.id !== undefined) trustedIds[value] = principal.id
  }
  for (const { value } of principalsOf(document, 'Service')) {
    if (!servicePrincipal.test(value)) throw invalidPrincipal('SERVICE', value)
  }
  checkSharedIssuers(document)
  checkTrustPolicySize(text)
  return { trustPolicy: text, trustedIds }
}

/** A service's name, in the global or the Chinese domain, with a region or subsystem before it or without. */
const servicePrincipal = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+amazonaws\.com(?:\.cn)?$/

const invalidPrincipal = (type: string, value: string): ApiError =>
  new ApiError('MalformedPolicyDocument', `Invalid principal in policy: "${type}":"${value}"`)

/** The `AWS` values of a document with their places. */
export const awsPrincipals = (document: PolicyDocument): readonly PlacedText[] =>
  principalsOf(document, 'AWS')

interface PlacedText {
  readonly value: string
  readonly start: { readonly offset: number }
  readonly end: { readonly offset: number }
}

function principalsOf(document: PolicyDocument, type: string): readonly PlacedText[] {
  return document.statements.flatMap(({ principal, notPrincipal }) =>
    [principal, notPrincipal].flatMap((element) =>
      (element?.entries ?? []).flatMap((entry) => (entry.type === type ? entry.values.items : [])),
    ),
  )
}

function tryReadDocument(text: string): PolicyDocument | undefined {
  try {
    return readDocument(text)
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}
