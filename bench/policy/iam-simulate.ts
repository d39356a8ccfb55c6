import { loadPolicy } from '@cloud-copilot/iam-policy'
import { DiscoveryContextKeyConstraints } from '../../node_modules/@cloud-copilot/iam-simulate/dist/esm/context_keys/discoveryContextKeyConstraints.js'
import {
  authorize,
  type PolicyWithName,
} from '../../node_modules/@cloud-copilot/iam-simulate/dist/esm/core_engine/CoreSimulatorEngine.js'
import { AwsRequestImpl } from '../../node_modules/@cloud-copilot/iam-simulate/dist/esm/request/request.js'
import { RequestContextImpl } from '../../node_modules/@cloud-copilot/iam-simulate/dist/esm/requestContext.js'
import { account, type Document, sessionArn } from './bench-set.ts'
import type { Contender } from './contender.ts'

const load = (document: Document, name: string): PolicyWithName => loadPolicy(document, { name })

const effects = {
  Allowed: 'allow',
  ExplicitlyDenied: 'explicit-deny',
  ImplicitlyDenied: 'implicit-deny',
} as const

/**
 * Its core engine, reached by file because the package exports only functions that load every
 * policy anew: here policies, requests and contexts are all made beforehand.
 */
export const iamSimulate: Contender = {
  name: 'iam-simulate',
  prepare({ identity, boundary, session, scps, resourcePolicy, resourceAccount, requests }) {
    const fixed = {
      sessionPolicy: session && load(session, 'session'),
      identityPolicies: identity.map((document, i) => load(document, `policy-${i}`)),
      serviceControlPolicies: (scps ?? []).map((document, i) => ({
        orgIdentifier: `level-${i}`,
        policies: [load(document, `scp-${i}`)],
      })),
      resourceControlPolicies: [],
      resourcePolicy: resourcePolicy && load(resourcePolicy, 'resource'),
      permissionBoundaries: boundary && [load(boundary, 'boundary')],
      vpcEndpointPolicies: undefined,
      simulationParameters: {
        simulationMode: 'Strict' as const,
        discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]),
      },
    }
    const calls = requests.map(({ action, resource, context }) => {
      const values = Object.entries(context).map(
        ([key, value]) => [key, typeof value === 'string' ? value : [...value]] as const,
      )
      const request = new AwsRequestImpl(
        sessionArn,
        { resource, accountId: resourceAccount ?? account },
        action,
        new RequestContextImpl(Object.fromEntries(values)),
      )
      return { ...fixed, request }
    })
    return {
      decide(at) {
        const call = calls[at]
        if (call === undefined) throw new RangeError(`no request ${at}`)
        return effects[authorize(call).result]
      },
    }
  },
}
