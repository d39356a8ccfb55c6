import fc from 'fast-check'
import type { AccessRequest, Principal } from '../../src/policy/index.ts'

const account = '111122223333'
const user: Principal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/a`,
  id: 'AIDAAAAAAAAAAAAAAAAA1',
}

const principal = fc.constantFrom<Principal>(
  user,
  { type: 'root', account, arn: `arn:aws:iam::${account}:root` },
  {
    type: 'assumed-role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/R/s`,
    roleArn: `arn:aws:iam::${account}:role/R`,
    id: 'AROAAAAAAAAAAAAAAAAA1',
  },
  {
    type: 'federated-user',
    account,
    arn: `arn:aws:sts::${account}:federated-user/f`,
    issuer: user,
  },
  { type: 'service', service: 'ec2.amazonaws.com' },
  { type: 'web-identity', account, provider: 'idp.example.com' },
  { type: 'anonymous' },
)
const text = fc.oneof(
  fc.constantFrom('a', '', 'true', '10.1.2.3', '::1', '2026-01-01', '1e9999', 'arn:aws:s3:::b'),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '*', ':', '/'), maxLength: 200 }),
)
const context = fc
  .dictionary(
    fc.constantFrom('aws:tagkeys', 'aws:principaltag/team', 'aws:sourceip', 'x:a'),
    fc.oneof(text, fc.array(text, { maxLength: 3 })),
  )
  .map((entries) => new Map(Object.entries(entries)))

export const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal,
  action: fc.oneof(fc.constantFrom('s3:GetObject', 'sts:AssumeRole', '', ':'), text),
  resource: fc.oneof(
    fc.constantFrom('*', 'arn:aws:s3:::b/k', `arn:aws:iam::${account}:role/r`, 'arn:'),
    text,
    text.map((rest) => `arn:aws:s3:::${rest}`),
  ),
  context,
  multivaluedKeys: fc.constantFrom(undefined, new Set(['x:a'])),
})
