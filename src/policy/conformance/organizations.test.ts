/**
 * SCPs, RCPs and VPC endpoint policies above everything else.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccessRequest, AttachedPolicy, PolicySources, Principal } from '../request.ts'
import {
  account,
  alice,
  allowAll,
  asked,
  attach,
  denyAll,
  elsewhere,
  verdict,
} from './verdict.fixture.ts'

const yes = attach('scp', allowAll)
const no = attach('scp', denyAll)
const silent = attach('scp', elsewhere)
const identity = [attach('identity', allowAll)]
const session: Principal = {
  type: 'assumed-role',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/app/one`,
  roleArn: `arn:aws:iam::${account}:role/app`,
  id: 'AROAAPP00000000000001',
}
const root: Principal = { type: 'root', account, arn: `arn:aws:iam::${account}:root` }
const service: Principal = { type: 'service', service: 'logs.amazonaws.com' }
const everyone = attach('resource', { ...allowAll, Principal: '*' })

type Levels = readonly (readonly AttachedPolicy[])[]
const scpRows: readonly (readonly [string, Levels | undefined, string])[] = [
  ['no organization', undefined, 'allow identity'],
  ['no level', [], 'allow identity'],
  ['one level allows', [[yes]], 'allow identity'],
  ['every level allows', [[yes], [yes], [yes]], 'allow identity'],
  ['a level without policies', [[yes], []], 'implicit-deny scp'],
  ['the root is silent', [[silent], [yes], [yes]], 'implicit-deny scp'],
  ['the unit is silent', [[yes], [silent], [yes]], 'implicit-deny scp'],
  ['the account is silent', [[yes], [yes], [silent]], 'implicit-deny scp'],
  ['one of two at a level allows', [[yes], [silent, yes]], 'allow identity'],
  ['the root denies', [[yes, no], [yes]], 'explicit-deny scp'],
  ['the account denies', [[yes], [yes, no]], 'explicit-deny scp'],
  ['one level denies while another is silent', [[silent], [no]], 'explicit-deny scp'],
]
for (const [name, scps, expected] of scpRows) {
  test(`service control policies: ${name}`, () => {
    assert.equal(verdict(asked, { identity, scps }), expected)
  })
}

const bound: readonly (readonly [string, Principal, string, string])[] = [
  ['a user', alice, 'implicit-deny scp', 'explicit-deny rcp'],
  ['a role session', session, 'implicit-deny scp', 'explicit-deny rcp'],
  ['root', root, 'implicit-deny scp', 'explicit-deny rcp'],
  ['a service', service, 'allow resource', 'explicit-deny rcp'],
  ['nobody known', { type: 'anonymous' }, 'allow resource', 'explicit-deny rcp'],
  [
    'a service-linked role',
    { ...session, serviceLinked: true },
    'allow resource',
    'allow resource',
  ],
]
for (const [name, principal, underScp, underRcp] of bound) {
  test(`which organization policies hold ${name}`, () => {
    const request: AccessRequest = { ...asked, principal }
    const sources: PolicySources = { identity: [], resource: everyone }
    assert.equal(verdict(request, { ...sources, scps: [[silent]] }), underScp)
    assert.equal(
      verdict(request, { ...sources, rcps: [[attach('rcp', { ...denyAll, Principal: '*' })]] }),
      underRcp,
    )
  })
}

const endpointRows: readonly (readonly [string, unknown, string])[] = [
  ['allows everyone', { ...allowAll, Principal: '*' }, 'allow identity'],
  ['allows the account', { ...allowAll, Principal: { AWS: account } }, 'allow identity'],
  [
    'allows another',
    { ...allowAll, Principal: { AWS: '444455556666' } },
    'implicit-deny vpc-endpoint',
  ],
  ['is silent', { ...elsewhere, Principal: '*' }, 'implicit-deny vpc-endpoint'],
  ['denies', { ...denyAll, Principal: '*' }, 'explicit-deny vpc-endpoint'],
]
for (const [name, statement, expected] of endpointRows) {
  test(`an endpoint policy ${name}`, () => {
    const vpcEndpoint = attach('vpc-endpoint', statement as Record<string, unknown>)
    assert.equal(verdict(asked, { identity, vpcEndpoint }), expected)
    const granted = verdict(asked, { identity: [], vpcEndpoint })
    assert.ok(!granted.startsWith('allow'), 'an endpoint policy grants nothing')
  })
}
