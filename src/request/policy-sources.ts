import type { PolicyFinder } from '../directory/attached-policies.ts'
import { isHeavyPolicy } from '../directory/policy-cache.ts'
import type { PolicySources } from '../policy/engine.ts'
import type { Caller } from './caller.ts'

/** The policies of a caller, without the resource's. */
export type CallerPolicies = Omit<PolicySources, 'resource'>

/**
 * Gives the policies that apply to a caller. Gathered once for a session or user, and again after any change of
 * the account: rights are those of now, never those of the time of issue.
 */
export type CallerPolicyFinder = (caller: Caller) => CallerPolicies

interface Gathered {
  readonly version: number
  readonly policies: CallerPolicies
}

/** Remembers for each session or user what it gathered. */
export function callerPolicyFinder(finder: PolicyFinder): CallerPolicyFinder {
  // Sessions, users and roles are values that are replaced and never changed, so they can stand for themselves.
  const known = new WeakMap<object, Gathered>()
  return (caller) => {
    const holder = caller.session ?? (caller.type === 'user' ? caller.user : undefined)
    if (!holder) return rootPolicies
    const { version } = caller.account
    const gathered = known.get(holder)
    if (gathered?.version === version) return gathered.policies
    const policies = gather(caller, finder)
    if (!hasHeavyPolicy(caller)) known.set(holder, { version, policies })
    return policies
  }
}

/** An inline session policy is its session's alone, so none is shared by holding it. */
const hasHeavyPolicy = ({ session }: Caller): boolean =>
  session !== undefined &&
  session.type !== 'user' &&
  session.policy !== undefined &&
  isHeavyPolicy(session.policy)

const rootPolicies: CallerPolicies = { identity: [] }

function gather(caller: Caller, finder: PolicyFinder): CallerPolicies {
  const { account } = caller
  switch (caller.type) {
    case 'root':
      return rootPolicies
    case 'user':
      return {
        identity: finder.ofUser(account, caller.user),
        boundary: boundary(caller.user.boundary),
      }
    case 'role': {
      const { policy, policyArns = [] } = caller.session
      const limited = policy !== undefined || policyArns.length > 0
      return {
        identity: finder.ofRole(account, caller.role),
        boundary: boundary(caller.role.boundary),
        session: limited ? finder.ofSession(account, policy, policyArns) : undefined,
      }
    }
    case 'federated-user':
      return {
        // A guest of root: root has no policies, so the session policies alone say what is allowed.
        identity: caller.user ? finder.ofUser(account, caller.user) : finder.everything(),
        boundary: boundary(caller.user?.boundary),
        session: finder.ofSession(account, caller.session.policy, caller.session.policyArns ?? []),
      }
  }

  function boundary(arn: string | undefined) {
    return arn === undefined ? undefined : finder.boundaryOf(account, arn)
  }
}
