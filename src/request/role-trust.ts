import { foldName } from '../directory/records/entity.ts'
import { roles } from '../directory/records/role.ts'
import type { ResourcePolicy } from '../policy/engine.ts'
import { iamArn, parseArn } from '../primitives/arn.ts'
import type { Services } from './services.ts'

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
  { directory, policies }: Services,
): Promise<ReadonlyMap<string, TrustedRole>> {
  const found = new Map<string, TrustedRole>()
  for (const text of new Set(resources)) {
    const arn = parseArn(text)
    if (arn?.service !== 'iam' || !arn.resource.startsWith('role/')) continue
    const name = arn.resource.slice(arn.resource.lastIndexOf('/') + 1)
    const role = (await directory.account(arn.account))?.records.get(roles, foldName(name))
    if (!role || iamArn(arn.account, 'role', role.path, role.name) !== text) continue
    found.set(text, {
      account: arn.account,
      policy: {
        policy: policies.compile(role.trustPolicy, 'trust'),
        name: `TrustPolicy_${role.name}`,
        sourceType: 'role',
        principalIds: new Map(Object.entries(role.trustedIds)),
      },
    })
  }
  return found
}
