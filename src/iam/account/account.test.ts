import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { otherAccount, testIam } from '../iam.fixture.ts'
import { iamOperations } from '../operations.ts'

const iam = () => testIam(iamOperations)
const other = { account: otherAccount }

test('a new alias takes the place of the old one, which is free again', async () => {
  const { call } = await iam()
  assert.deepEqual(await call('ListAccountAliases', {}), {
    AccountAliases: [],
    IsTruncated: false,
  })
  await call('CreateAccountAlias', { AccountAlias: 'first' })
  await call('CreateAccountAlias', { AccountAlias: 'second' })
  assert.deepEqual((await call('ListAccountAliases', {})).AccountAliases, ['second'])
  await call('CreateAccountAlias', { AccountAlias: 'first' }, other)
  assert.deepEqual((await call('ListAccountAliases', {}, other)).AccountAliases, ['first'])
})

test('an alias belongs to one account of all', async () => {
  const { call } = await iam()
  await call('CreateAccountAlias', { AccountAlias: 'mine' })
  for (const caller of [{}, other]) {
    await assert.rejects(call('CreateAccountAlias', { AccountAlias: 'mine' }, caller), {
      code: 'EntityAlreadyExists',
      message: 'The account alias mine already exists.',
    })
  }
  await assert.rejects(call('DeleteAccountAlias', { AccountAlias: 'mine' }, other), {
    code: 'NoSuchEntity',
    message: 'The account alias mine cannot be found.',
  })
  await call('DeleteAccountAlias', { AccountAlias: 'mine' })
  await call('CreateAccountAlias', { AccountAlias: 'mine' }, other)
})

test('two accounts that want one alias at once: one gets it', async () => {
  const { call } = await iam()
  const outcomes = await Promise.allSettled([
    call('CreateAccountAlias', { AccountAlias: 'wanted' }),
    call('CreateAccountAlias', { AccountAlias: 'wanted' }, other),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
})

test('an alias that looks like an account id is refused', async () => {
  const { call } = await iam()
  await assert.rejects(call('CreateAccountAlias', { AccountAlias: '1'.repeat(12) }), {
    code: 'ValidationError',
  })
  await call('CreateAccountAlias', { AccountAlias: '1'.repeat(13) })
})

test('the summary counts what the account holds', async () => {
  const { call } = await iam()
  const before = (await call('GetAccountSummary', {})).SummaryMap ?? {}
  assert.deepEqual(
    [before.Users, before.AccountAccessKeysPresent, before.GlobalEndpointTokenVersion],
    [0, 0, 1],
  )
  await call('CreateUser', { UserName: 'ada' })
  await call('CreateGroup', { GroupName: 'g' })
  await call('CreateAccessKey', {})
  const document =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
  const { Policy } = await call('CreatePolicy', { PolicyName: 'p', PolicyDocument: document })
  await call('CreatePolicyVersion', { PolicyArn: Policy?.Arn ?? '', PolicyDocument: document })
  const after = (await call('GetAccountSummary', {})).SummaryMap ?? {}
  const changed = Object.entries(after).filter(([key, value]) => value !== before[key as 'Users'])
  assert.deepEqual(Object.fromEntries(changed), {
    Users: 1,
    Groups: 1,
    Policies: 1,
    AccountAccessKeysPresent: 1,
  })
})

test('the summary has every key of AWS’s model and no other', async () => {
  const { call } = await iam()
  const model: { shapes: { summaryKeyType: { enum: string[] } } } = JSON.parse(
    readFileSync(new URL('../../../scripts/models/iam.json', import.meta.url), 'utf8'),
  )
  const keys = Object.keys((await call('GetAccountSummary', {})).SummaryMap ?? {})
  assert.deepEqual(keys.sort(), model.shapes.summaryKeyType.enum.toSorted())
})

test('the token version that the account prefers is kept and shown', async () => {
  const { call } = await iam()
  const shown = async () =>
    (await call('GetAccountSummary', {})).SummaryMap?.GlobalEndpointTokenVersion
  for (const version of [2, 1] as const) {
    await call('SetSecurityTokenServicePreferences', {
      GlobalEndpointTokenVersion: `v${version}Token`,
    })
    assert.equal(await shown(), version)
  }
})
