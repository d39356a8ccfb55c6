import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseArn } from './arn.ts'

test('an ARN is six parts, of which the last keeps its colons and slashes', () => {
  assert.deepEqual(parseArn('arn:aws:iam::111122223333:role/a/b:c:'), {
    partition: 'aws',
    service: 'iam',
    region: '',
    account: '111122223333',
    resource: 'role/a/b:c:',
  })
})

test('any text gives the parts between its colons, or nothing where one is missing', () => {
  const piece = fc.constantFrom('', 'arn', 'aws', 's3', 'a/b', ':')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join(':')
      const [prefix, partition, service, region, account, ...rest] = text.split(':')
      const resource = rest.join(':')
      const isArn =
        prefix === 'arn' && partition && service && account !== undefined && resource !== ''
      const expected = { partition, service, region, account, resource }
      assert.deepEqual(parseArn(text), isArn ? expected : undefined)
    }),
    { numRuns: 2000 },
  )
})
