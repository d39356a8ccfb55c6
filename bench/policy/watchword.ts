import { decide, parsePolicy } from '../../src/policy/engine.ts'
import type { PolicyKind } from '../../src/policy/policy.ts'
import type { AccessRequest, AttachedPolicy, PolicySources } from '../../src/policy/request.ts'
import { account, type BenchSet, type Document, roleArn, sessionArn } from './bench-set.ts'
import type { Contender } from './contender.ts'

const attached = (kind: PolicyKind, document: Document, name: string): AttachedPolicy => ({
  name,
  policy: parsePolicy(JSON.stringify(document), kind, 'evaluate'),
})

/** Prepared: documents parsed, requests as `decide` takes them. */
export const watchword: Contender = {
  name: 'watchword',
  prepare(set) {
    const sources = sourcesOf(set)
    const requests = set.requests.map(
      ({ action, resource, context }): AccessRequest => ({
        principal: {
          type: 'assumed-role',
          account,
          arn: sessionArn,
          roleArn,
          id: 'AROAAAAAAAAAAAAAAAAA1',
        },
        action,
        resource,
        resourceAccount: set.resourceAccount ?? account,
        context: new Map(
          Object.entries(context).map(([key, value]) => [key.toLowerCase(), value] as const),
        ),
      }),
    )
    return {
      decide(at) {
        const request = requests[at]
        if (request === undefined) throw new RangeError(`no request ${at}`)
        return decide(request, sources).effect
      },
    }
  },
}

function sourcesOf(set: BenchSet): PolicySources {
  const { identity, boundary, session, scps, resourcePolicy } = set
  return {
    identity: identity.map((document, i) => attached('identity', document, `policy-${i}`)),
    ...(boundary && { boundary: attached('boundary', boundary, 'boundary') }),
    ...(session && { session: [attached('session', session, 'session')] }),
    ...(scps && { scps: scps.map((document) => [attached('scp', document, 'scp')]) }),
    ...(resourcePolicy && { resource: attached('resource', resourcePolicy, 'resource') }),
  }
}
