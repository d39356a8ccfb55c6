import { ApiError } from '../../catalog/api-error.ts'
import { type PolicyDocument, readDocument, type Text } from '../../policy/document.ts'
import { JsonError } from '../../policy/json.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { checkPolicyDocument, checkTrustPolicySize } from '../policy-document.ts'
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
  checkPolicyDocument(text, 'trust') // also who may be named at all, and shared identity providers
  const document = readDocument(text)
  const trustedIds: Record<string, string> = {}
  for (const { value } of awsPrincipals(document)) {
    const principal = awsPrincipal(value, scope)
    if (!principal) throw invalidPrincipal(value)
    if (principal.id !== undefined) trustedIds[value] = principal.id
  }
  checkTrustPolicySize(text)
  return { trustPolicy: text, trustedIds }
}

const invalidPrincipal = (value: string): ApiError =>
  new ApiError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${value}"`)

/** The `AWS` values of a document with their places. */
export function awsPrincipals(document: PolicyDocument): readonly Text[] {
  return document.statements.flatMap(({ principal }) =>
    (principal?.entries ?? []).flatMap(({ type, values }) => (type === 'AWS' ? values.items : [])),
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
