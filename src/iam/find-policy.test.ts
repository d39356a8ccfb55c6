import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { iamArn } from '../primitives/arn.ts'
import { policyArn } from './find-policy.ts'

test('the ARN of a policy comes apart into account, path and name', () => {
  const account = fc.constantFrom('111122223333', 'aws')
  const segment = fc.stringMatching(/^[A-Za-z0-9.,+@=_-]{1,5}$/)
  const name = fc.stringMatching(/^[\w+=,.@-]{1,20}$/)
  fc.assert(
    fc.property(account, fc.array(segment, { maxLength: 3 }), name, (account, segments, name) => {
      const path = ['', ...segments, ''].join('/')
      assert.deepEqual(policyArn(iamArn(account, 'policy', path, name)), { account, path, name })
    }),
  )
})

test('nothing else is the ARN of a policy', () => {
  const others = [
    'arn:aws:iam::aws:policy/',
    'arn:aws:iam::aws:policy',
    'arn:aws:iam::aws:policyX/y',
    'arn:aws:iam::aws:policy//x',
    'arn:aws:iam::aws:policy/x:y',
    'arn:aws:iam::AWS:policy/x',
    'arn:aws:iam::11112222333:policy/x',
    'arn:aws:iam:us-east-1:aws:policy/x',
    'arn:aws:sts::aws:policy/x',
    'arn:aws-cn:iam::aws:policy/x',
    ' arn:aws:iam::aws:policy/x',
    'arn:aws:iam::aws:policy/x\n',
  ]
  for (const other of others) assert.equal(policyArn(other), undefined, other)
})
