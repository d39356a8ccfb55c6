import * as v from 'valibot'
import { ApiError } from '../catalog/api-error.ts'
import { policyFinder } from '../directory/attached-policies.ts'
import { foldName } from '../directory/records/entity.ts'
import { roles } from '../directory/records/role.ts'
import { users } from '../directory/records/user.ts'
import type { RoleSession } from '../directory/session/session.ts'
import type { PolicySources, RequestContext } from '../policy/engine.ts'
import { parseArn } from '../primitives/arn.ts'
import { type Caller, roleCaller, rootCaller, userCaller } from '../request/caller.ts'
import { conditionContext } from '../request/condition-context.ts'
import { decisionRecord } from '../request/decision-record.ts'
import { callerPolicyFinder } from '../request/policy-sources.ts'
import { asksTrustPolicy, roleTrustPolicies } from '../request/role-trust.ts'
import { smallestChange } from '../request/smallest-change.ts'
import { type AdminScope, adminOperation } from './admin-operation.ts'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(2_048))

/**
 * Decides a request that nobody makes, with the policies that its principal has now, and explains it: the same code
 * and the same condition keys as a real request, but for those that only a real request can bring.
 */
export const simulate = adminOperation(
  'Simulate',
  v.strictObject({
    Principal: text,
    Action: v.pipe(text, v.regex(/^[^:]+:[^:]+$/, 'must be service:Name')),
    Resource: v.optional(text),
    Context: v.optional(v.record(v.string(), v.union([v.string(), v.array(v.string())]))),
  }),
  async ({ Principal, Action: action, Resource: resource = '*', Context = {} }, scope) => {
    const { services, now } = scope
    const caller = await callerOf(Principal, scope)
    const finder = callerPolicyFinder(policyFinder(services.policies, services.awsPolicies))
    const role = asksTrustPolicy(action)
      ? (await roleTrustPolicies([resource], services)).get(resource)
      : undefined
    const sources: PolicySources = { ...finder(caller), resource: role?.policy }
    const account = role?.account ?? caller.account.account
    const facts = { ...nowhere, now }
    const own = conditionContext(caller, { action, resource, account }, facts)
    const context = simulatedContext(own, Context)
    const request = {
      principal: caller.principal,
      action,
      resource,
      resourceAccount: account,
      context,
    }
    const record = decisionRecord(caller, request, sources)
    const allowed = record.explanation.effect === 'allow'
    return { allowed, ...record, smallestChange: smallestChange(record) }
  },
)

const nowhere = { region: '', request: { headers: [], remoteAddress: '', secure: false } }

/** Keys that say how a request came: nobody knows them before it is made. */
const ofRealRequests = new Set([
  'aws:requestedregion',
  'aws:securetransport',
  'aws:sourceip',
  'aws:tokenissuetime',
  'aws:multifactorauthpresent',
])

function simulatedContext(
  own: RequestContext,
  given: Readonly<Record<string, string | string[]>>,
): RequestContext {
  const supplied = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]))
  return {
    get: (key) => supplied.get(key) ?? (ofRealRequests.has(key) ? undefined : own.get(key)),
  }
}

/** A user, a role or one of its sessions, or root; of any account of the service. */
async function callerOf(text: string, { services, now }: AdminScope): Promise<Caller> {
  const arn = parseArn(text)
  const account = arn && (await services.directory.account(arn.account))
  const [kind = '', ...rest] = arn?.resource.split('/') ?? []
  if (account && arn.service === 'iam') {
    const name = foldName(rest.at(-1) ?? '')
    const user = kind === 'user' ? account.records.get(users, name) : undefined
    if (user) return userCaller(account, simulatedKey, user)
    const role = kind === 'role' ? account.records.get(roles, name) : undefined
    if (role) return roleCaller(account, role, sessionOf(arn.account, role, 'simulation', now))
    if (arn.resource === 'root') return rootCaller(account, simulatedKey)
  }
  if (account && arn.service === 'sts' && kind === 'assumed-role') {
    const [name = '', sessionName = 'simulation'] = rest
    const role = account.records.get(roles, foldName(name))
    if (role) return roleCaller(account, role, sessionOf(arn.account, role, sessionName, now))
  }
  throw new ApiError('NoSuchEntity', `There is no user, role or root user ${text}.`)
}

const simulatedKey = 'simulation'

const sessionOf = (
  account: string,
  role: { readonly id: string; readonly name: string },
  sessionName: string,
  now: number,
): RoleSession => ({
  type: 'role',
  account,
  accessKeyId: simulatedKey,
  issuedAt: Math.floor(now / 1000),
  expiresAt: Math.floor(now / 1000) + 3600,
  roleName: role.name,
  roleId: role.id,
  sessionName,
  tags: [],
  transitiveTagKeys: [],
  ancestors: [],
})
