import assert from 'node:assert/strict'
import { test } from 'node:test'
import { both, holds } from './try-condition.fixture.ts'

const [T, F] = [true, false]

test('IPv4 networks ignore host bits and read zeros as decimal', () => {
  for (const network of [
    '192.0.2.0/24',
    '192.0.2.5/24',
    '192.000.002.0/024',
    '192.0.2.0/+24',
    '0.0.0.0/0',
    '192.0.2.1',
  ]) {
    assert.equal(holds('IpAddress', network, '192.0.2.1'), T, network)
    assert.equal(holds('NotIpAddress', network, '192.0.2.1'), F, network)
  }
  for (const address of ['::ffff:192.0.2.1', '::FFFF:c000:201', '192.000.002.1']) {
    assert.equal(holds('IpAddress', '192.0.2.0/24', address), T, address)
    assert.equal(holds('IpAddress', '::/0', address), F, address)
    assert.equal(holds('IpAddress', '::ffff:c000:200/120', address), F, address)
  }
  for (const address of [
    '192.0.513',
    '3221225985',
    '192.0.2.1/32',
    '',
    'not-an-ip',
    '192.0.2.256',
    '::192.0.2.1',
    '2001:db8::192.0.2.1',
    'fe80::1%eth0',
  ]) {
    assert.equal(holds('IpAddress', '0.0.0.0/0', address), F, address)
    assert.equal(holds('NotIpAddress', '0.0.0.0/0', address), F, address)
  }
  for (const network of ['not-an-ip', '192.0.2.0/33', '::ffff:192.0.2.0/120', '2001:db8::/129']) {
    assert.equal(holds('IpAddress', network, '192.0.2.1'), F, network)
    assert.equal(holds('NotIpAddress', network, '192.0.2.1'), T, network)
    assert.equal(holds('NotIpAddress', network, 'x'), F, network)
  }
  assert.equal(holds('IpAddress', ['bad', '192.0.2.0/24'], '192.0.2.1'), T)
})

test("IPv6 is read laxly, and a network with host bits is nobody's", () => {
  for (const address of [
    '2001:db8::1',
    '2001:DB8::0001',
    '2001:db8:::1',
    '2001:db8::1:',
    '2001:db8:0:0:0:0:0:1',
  ]) {
    assert.equal(holds('IpAddress', '2001:db8::/064', address), T, address)
    assert.equal(holds('IpAddress', '2001:db8::1', address), T, address)
    assert.equal(holds('IpAddress', '0.0.0.0/0', address), F, address)
    assert.equal(holds('NotIpAddress', '0.0.0.0/0', address), T, address)
  }
  assert.equal(holds('IpAddress', '0:2001:db8::1', ':2001:db8::1'), T)
  assert.equal(holds('IpAddress', '::', ':::'), T)
  assert.equal(holds('IpAddress', '::4/127', '::5'), T)
  for (const address of ['2001:db8::::1', '2001::db8::1', '1:2:3', '12345::']) {
    assert.equal(holds('NotIpAddress', '::/0', address), F, address)
  }
  for (const network of ['2001:db8::5/64', '::5/127', '2001:db8::1/0']) {
    assert.equal(holds('IpAddress', network, '2001:db8::5'), F, network)
    assert.equal(holds('NotIpAddress', network, '2001:db8::5'), T, network)
  }
})

const arn = 'arn:aws:iam::111122223333:user/team/alice'

test('ARNs compare part by part', () => {
  for (const operator of ['ArnLike', 'ArnEquals']) {
    const negated = operator.replace('Arn', 'ArnNot')
    for (const pattern of [
      arn,
      'arn:aws:iam::*:user/*',
      'arn:*:iam::1111????3333:*',
      '*:aws:iam::*:*',
      '*',
    ]) {
      assert.equal(holds(operator, pattern, arn), T, pattern)
      assert.equal(holds(negated, pattern, arn), F, pattern)
    }
    for (const pattern of [
      'arn:aws:*:user/team/alice:*:*',
      'arn:aws:iam::*:role/*',
      'arn:aws:i*:*:user:x',
    ]) {
      assert.equal(holds(operator, pattern, arn), F, pattern)
    }
    for (const value of ['', 'not-an-arn', 'arn:aws:iam::1']) {
      assert.equal(holds(operator, 'arn:*:*:*:*:*', value), F, value)
      assert.equal(holds(negated, 'arn:aws:iam::*:role/*', value), F, value)
    }
  }
  assert.equal(holds('ArnLike', 'arn:aws:logs:*:*:*:b:*', 'arn:aws:logs:eu:1:a:b:c'), T)
})

test('an ARN operand that is none grants nothing and denies, unless a match came before it', () => {
  const user = 'arn:aws:iam::*:user/*'
  const role = 'arn:aws:iam::*:role/*'
  const of = (operator: string, ...values: string[]): [boolean, boolean] =>
    both({ [operator]: { 'x:k': values } }, { 'x:k': arn })
  assert.deepEqual(of('ArnLike', 'not-an-arn'), [F, T])
  assert.deepEqual(of('ArnNotLike', 'not-an-arn'), [F, T])
  assert.deepEqual(of('ArnLike', user, 'bad'), [T, T])
  assert.deepEqual(of('ArnLike', 'bad', user), [F, T])
  assert.deepEqual(of('ArnNotLike', user, 'bad'), [F, F])
  assert.deepEqual(of('ArnNotLike', 'bad', user), [F, T])
  assert.deepEqual(of('ArnNotLike', role, 'bad'), [F, T])
  assert.deepEqual(of('ArnNotLike', 'bad', role), [F, T])
  const malformed = { 'x:k': 'nothing' }
  assert.deepEqual(both({ ArnLike: { 'x:k': 'bad' } }, malformed), [F, F])
  const variable = { ArnLike: { 'x:k': '${x:v}' } }
  assert.deepEqual(both(variable, { 'x:k': arn, 'x:v': 'bad' }), [F, T])
  assert.deepEqual(both(variable, { 'x:k': arn, 'x:v': arn }), [T, T])
  assert.deepEqual(both(variable, { 'x:k': arn }), [F, F])
})
