import { foldName } from '../../directory/records/entity.ts'
import { roles } from '../../directory/records/role.ts'
import type { ResourcePolicy } from '../../policy/engine.ts'
import { iamArn } from '../../primitives/arn.ts'
import type { Scope } from '../../request/scope.ts'
import { entityArn } from './policy-source.ts'

/** A role that an action would be done on, with the policy that says who may. */
export interface TrustedRole {
  readonly account: string
  readonly policy: ResourcePolicy
}

/** Actions that a role's trust policy must allow, whatever the caller's own policies say. */
export const asksTrustPolicy = (action: string): boolean =>
  /^sts:(assumerole|tagsession|setsourceidentity|setcontext)/i.test(action)

/**
 * The trust policies of those resources that are roles of this service, by ARN. AWS's simulator leaves them out and
 * so calls a role assumable that trusts nobody; here they count.
 */
export async function roleTrustPolicies(
  resources: readonly string[],
  { services }: Scope,
): Promise<ReadonlyMap<string, TrustedRole>> {
  const found = new Map<string, TrustedRole>()
  for (const arn of new Set(resources)) {
    const parsed = entityArn(arn)
    if (parsed?.kind !== 'role') continue
    const account = await services.directory.account(parsed.account)
    const role = account?.records.get(roles, foldName(parsed.name))
    if (!role || iamArn(parsed.account, 'role', role.path, role.name) !== arn) continue
    found.set(arn, {
      account: parsed.account,
      policy: {
        policy: services.policies.compile(role.trustPolicy, 'trust'),
        name: `TrustPolicy_${role.name}`,
        sourceType: 'role',
        principalIds: new Map(Object.entries(role.trustedIds)),
      },
    })
  }
  return found
}
