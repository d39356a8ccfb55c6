import type { Role } from '../../directory/records/role.ts'
import { readDocument } from '../../policy/document.ts'
import { accountOfId } from '../../primitives/ids.ts'
import type { WriteScope } from '../../request/operation.ts'
import type { Scope } from '../../request/scope.ts'
import { awsPrincipals } from './trust-policy.ts'
import { shownAccount, shownPrincipal } from './trusted-principal.ts'

/**
 * A role's trust policy as answers show it: as sent, but a trusted user or role that is gone is its bare unique id,
 * one that was renamed has its new ARN, and an account id is the account's ARN.
 * Call `loadTrusted` before, where an answer may wait.
 */
export function shownTrustPolicy(role: Role, scope: Scope | WriteScope): string {
  const shown = new Map<string, string>()
  for (const [text, id] of Object.entries(role.trustedIds)) {
    const now = shownPrincipal(text, id, scope)
    if (now !== text) shown.set(text, now)
  }
  const hasBareAccount = bareAccount.test(role.trustPolicy)
  return shown.size === 0 && !hasBareAccount ? role.trustPolicy : replaced(role.trustPolicy, shown)
}

/** Loads the accounts of all that these roles trust, so that who is gone can be told from who is not in memory. */
export async function loadTrusted(roles: Iterable<Role>, { services }: Scope): Promise<void> {
  const named = new Set<string>()
  for (const role of roles) {
    for (const id of Object.values(role.trustedIds)) named.add(accountOfId(id) ?? '')
  }
  for (const account of named) await services.directory.account(account)
}

/** Only a hint: the digits may stand in a condition, which stays as it is. */
const bareAccount = /"\d{12}"/

function replaced(text: string, shown: ReadonlyMap<string, string>): string {
  let result = ''
  let at = 0
  for (const { value, start, end } of awsPrincipals(readDocument(text))) {
    const now = shown.get(value) ?? shownAccount(value)
    if (now === value) continue
    result += text.slice(at, start.offset) + JSON.stringify(now)
    at = end.offset
  }
  return result + text.slice(at)
}
