/**
 * Who a resource policy names decides what else must allow. One row of AWS's tables each, tried
 * with every combination of identity policies, boundary and session policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicySources, Principal } from '../request.ts'
import {
  account,
  alice,
  allowAll,
  asked,
  attach,
  denyAll,
  elsewhere,
  other,
  verdict,
} from './verdict.fixture.ts'

const root: Principal = { type: 'root', account, arn: `arn:aws:iam::${account}:root` }
const roleArn = `arn:aws:iam::${account}:role/path/app`
const session: Principal = {
  type: 'assumed-role',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/app/one`,
  roleArn,
  id: 'AROAAPP00000000000001',
}
const federated: Principal = {
  type: 'federated-user',
  account,
  arn: `arn:aws:sts::${account}:federated-user/fay`,
  issuer: alice as Extract<Principal, { type: 'user' }>,
}
const aliceArn = `arn:aws:iam::${account}:user/alice`

interface Row {
  readonly named: string
  readonly principal: unknown
  readonly caller: Principal
  /** What of its own the caller still needs in the same account; undefined: it is not named. */
  readonly needs: readonly ('identity' | 'boundary' | 'session')[] | undefined
  readonly condition?: unknown
}

const limits = ['boundary', 'session'] as const
const all = ['identity', ...limits] as const
const whoever = { StringLike: { 'aws:PrincipalArn': '*' } }

const rows: readonly Row[] = [
  { named: 'user ARN, the user', principal: { AWS: aliceArn }, caller: alice, needs: [] },
  {
    named: 'user id, the user',
    principal: { AWS: 'AIDAALICE000000000001' },
    caller: alice,
    needs: [],
  },
  { named: 'session ARN', principal: { AWS: session.arn }, caller: session, needs: [] },
  { named: 'federated ARN', principal: { AWS: federated.arn }, caller: federated, needs: [] },
  { named: 'role ARN, its session', principal: { AWS: roleArn }, caller: session, needs: limits },
  { named: 'role id, its session', principal: { AWS: session.id }, caller: session, needs: limits },
  { named: 'user ARN, federated', principal: { AWS: aliceArn }, caller: federated, needs: limits },
  ...[alice, session, federated].flatMap((caller): Row[] => [
    { named: '*', principal: '*', caller, needs: [] },
    { named: 'AWS *', principal: { AWS: '*' }, caller, needs: [] },
    { named: '* and aws:PrincipalArn', principal: '*', caller, needs: [], condition: whoever },
    { named: 'account id', principal: { AWS: account }, caller, needs: all },
    { named: 'account root', principal: { AWS: root.arn }, caller, needs: all },
    { named: 'other account', principal: { AWS: other }, caller, needs: undefined },
    { named: 'other user', principal: { AWS: `${aliceArn}2` }, caller, needs: undefined },
    {
      named: 'the user of another account',
      principal: { AWS: `arn:aws:iam::${other}:user/alice` },
      caller,
      needs: undefined,
    },
    { named: 'a service', principal: { Service: 's3.amazonaws.com' }, caller, needs: undefined },
    { named: 'a provider', principal: { Federated: 'idp.example.com' }, caller, needs: undefined },
    {
      named: 'several',
      principal: { AWS: [other, aliceArn, session.arn, federated.arn] },
      caller,
      needs: [],
    },
  ]),
  {
    named: 'user ARN in other case',
    principal: { AWS: aliceArn.toUpperCase() },
    caller: alice,
    needs: undefined,
  },
  {
    named: 'another session',
    principal: { AWS: `${session.arn}2` },
    caller: session,
    needs: undefined,
  },
  {
    named: 'role without its path',
    principal: { AWS: roleArn.replace('path/', '') },
    caller: session,
    needs: undefined,
  },
]

const says = { absent: undefined, allows: allowAll, silent: elsewhere, denies: denyAll }
type Says = keyof typeof says
const words: readonly Says[] = ['absent', 'allows', 'silent', 'denies']

interface Case {
  readonly sources: PolicySources
  readonly said: Readonly<Record<'identity' | 'boundary' | 'session', Says>>
}

function* casesOf({ principal, condition, caller }: Row): Generator<Case> {
  const resource = attach('resource', {
    ...allowAll,
    Principal: principal,
    ...(condition === undefined ? {} : { Condition: condition }),
  })
  for (const identity of words) {
    for (const boundary of words) {
      for (const session of words) {
        if (caller.type === 'user' && session !== 'absent') continue
        const own = says[identity]
        const limit = says[boundary]
        const passed = says[session]
        yield {
          said: { identity, boundary, session },
          sources: {
            identity: own ? [attach('identity', own)] : [],
            boundary: limit && attach('boundary', limit),
            session: passed && [attach('session', passed)],
            resource,
          },
        }
      }
    }
  }
}

/** Does a layer stand in the way? Without session policies a federated user may do nothing. */
const lacks = (layer: string, said: Says, caller: Principal): boolean => {
  if (layer === 'identity') return said !== 'allows'
  if (said === 'absent') return layer === 'session' && caller.type === 'federated-user'
  return said !== 'allows'
}

function expected(row: Row, { said }: Case, sameAccount: boolean): string {
  if (Object.values(said).includes('denies')) return 'explicit-deny'
  if (!sameAccount && row.needs === undefined) return 'implicit-deny'
  const needs = sameAccount ? (row.needs ?? all) : all
  const stopped = needs.some((layer) => lacks(layer, said[layer], row.caller))
  return stopped ? 'implicit-deny' : 'allow'
}

for (const row of rows) {
  test(`a resource policy that names ${row.named}, asked by ${row.caller.type}`, () => {
    const context = new Map([['aws:principalarn', roleArn]])
    for (const one of casesOf(row)) {
      for (const owner of [account, other]) {
        const request = { ...asked, principal: row.caller, resourceAccount: owner, context }
        const [effect] = verdict(request, one.sources).split(' ')
        const message = `${JSON.stringify(one.said)} in ${owner}`
        assert.equal(effect, expected(row, one, owner === account), message)
      }
    }
  })
}
