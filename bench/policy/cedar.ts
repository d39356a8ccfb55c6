import {
  preparsePolicySet,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs'
import { type BenchRequest, type BenchSet, roleArn } from './bench-set.ts'
import type { Contender } from './contender.ts'
import { toCedar } from './to-cedar.ts'

/**
 * Its stateful form: the policy set is parsed once and stays inside; each call still carries its
 * request and entities across to WebAssembly, as the package knows no other way.
 */
export const cedar: Contender = {
  name: 'cedar-wasm',
  prepare(set) {
    if (set.notInCedar !== undefined) return undefined
    const parsed = preparsePolicySet(set.name, { staticPolicies: toCedar(set) })
    if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors.slice(0, 3)))
    const calls = set.requests.map((request) => callOf(set, request))
    return {
      decide(at) {
        const call = calls[at]
        if (call === undefined) throw new RangeError(`no request ${at}`)
        const answer = statefulIsAuthorized(call)
        if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors))
        return answer.response.decision
      },
    }
  },
}

function callOf(set: BenchSet, request: BenchRequest): StatefulAuthorizationCall {
  const action = { type: 'Action', id: request.action }
  const parents = groupsOf(set, request.action).map((id) => ({ type: 'Action', id }))
  return {
    principal: { type: 'Principal', id: roleArn },
    action,
    resource: { type: 'Resource', id: request.resource },
    context: {
      resource: request.resource,
      ...Object.fromEntries(
        Object.entries(request.context).map(([key, value]) => [key, cedarValueOf(key, value)]),
      ),
    },
    preparsedPolicySetId: set.name,
    entities: parents.length === 0 ? [] : [{ uid: action, attrs: {}, parents }],
  }
}

/** The wildcards of this set that cover the action. */
function groupsOf(set: BenchSet, action: string): string[] {
  const { identity, boundary, session, scps = [], resourcePolicy } = set
  const documents = [...identity, ...scps, boundary, session, resourcePolicy]
  const named = documents.flatMap((document) =>
    (document?.Statement ?? []).flatMap(({ Action }) => Action),
  )
  return [...new Set(named)].filter(
    (name) => name !== '*' && name.endsWith('*') && action.startsWith(name.slice(0, -1)),
  )
}

function cedarValueOf(key: string, value: string | readonly string[]): CedarValue {
  if (typeof value !== 'string') return [...value]
  if (key === 'aws:SourceIp') return { __extn: { fn: 'ip', arg: value } }
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d+$/.test(value) ? Number(value) : value
}

type CedarValue = StatefulAuthorizationCall['context'][string]
