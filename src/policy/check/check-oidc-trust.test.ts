import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePolicy } from '../parse-policy.ts'
import { PolicyError } from '../policy-error.ts'

/** What AWS was seen to store and to refuse in September 2026. */
const web = 'sts:AssumeRoleWithWebIdentity'
const github = 'token.actions.githubusercontent.com'
const provider = (issuer: string): string => `arn:aws:iam::111122223333:oidc-provider/${issuer}`

interface Trusting {
  readonly Condition?: object
  readonly Action?: string
  readonly Effect?: string
}

function told(federated: string, { Condition, Action = web, Effect = 'Allow' }: Trusting): string {
  const statement = { Effect, Principal: { Federated: federated }, Action, Condition }
  return of(statement)
}

function of(Statement: object): string {
  try {
    parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'trust')
  } catch (error) {
    assert.ok(error instanceof PolicyError)
    return error.message
  }
  return 'stored'
}

const unscoped = (shown: string, ...keys: string[]): string =>
  `Trust policy with trusted principal ${shown} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`

const good = ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'ForAnyValue:StringEquals']
const bad = ['StringNotEquals', 'StringEqualsIfExists', 'StringLikeIfExists', 'Null', 'Bool']

test('a shared provider is narrowed by a positive comparison of its key that is not a bare star', () => {
  const rows = [
    ['cognito-identity.amazonaws.com', 'cognito-identity.amazonaws.com', 'aud'],
    [provider('gitlab.com'), 'gitlab.com', 'sub'],
    [provider('api.pulumi.com/oidc'), 'api.pulumi.com/oidc', 'aud'],
    [
      provider('vstoken.actions.githubusercontent.com'),
      'vstoken.actions.githubusercontent.com',
      'sub',
    ],
  ] as const
  for (const [principal, issuer, claim] of rows) {
    const key = `${issuer}:${claim}`
    const on = (operator: string, value: unknown): string =>
      told(principal, { Condition: { [operator]: { [key]: value } } })
    const refused = unscoped(issuer, key)
    for (const operator of [...good, 'ForAllValues:StringLike']) {
      for (const value of ['own', '?', '**', '*?', '', []])
        assert.equal(on(operator, value), 'stored')
      assert.equal(on(operator, '*'), refused)
      assert.equal(on(operator, ['*', 'own']), refused)
    }
    for (const operator of bad) assert.equal(on(operator, 'true'), refused, operator)
    const upper = { StringEquals: { [key.toUpperCase()]: 'own' } }
    assert.equal(told(principal, { Condition: upper }), 'stored')
    const both = { StringEquals: { [key]: 'own' }, StringLike: { [key]: '*' } }
    assert.equal(told(principal, { Condition: both }), 'stored')
    assert.equal(told(principal, { Effect: 'Deny' }), 'stored')
    assert.equal(told(principal, { Action: 'sts:TagSession' }), 'stored')
  }
  assert.equal(told(provider('gitlab.com'), {}), unscoped('gitlab.com', 'gitlab.com:sub'))
  assert.equal(told(provider('gitlab.com/private'), {}), 'stored')
  const sentinel = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'
  assert.equal(told(provider(sentinel), {}), unscoped(sentinel, 'sts:RoleSessionName'))
})

test('Cognito without a condition is told so, and no other statement makes up for it', () => {
  const cognito = 'cognito-identity.amazonaws.com'
  const missing = 'A condition block must be present for the Cognito provider'
  assert.equal(told(cognito, {}), missing)
  const open = { Effect: 'Allow', Principal: { Federated: cognito }, Action: web }
  const narrow = { ...open, Condition: { StringEquals: { [`${cognito}:aud`]: 'own' } } }
  assert.equal(of([narrow, open]), missing)
  assert.equal(of([narrow, { ...open, Effect: 'Deny' }]), 'stored')
})

test('GitHub takes either of two claims, and no value that begins with a star', () => {
  const sub = `${github}:sub`
  const job = `${github}:job_workflow_ref`
  const refused = unscoped(provider(github), sub, job)
  const on = (Condition?: object): string =>
    told(provider(github), Condition === undefined ? {} : { Condition })
  assert.equal(on(), refused)
  for (const operator of good) {
    for (const key of [sub, job]) {
      for (const value of ['own', 'repo:a/*', '?', '??*', '${aws:username}', []]) {
        assert.equal(on({ [operator]: { [key]: value } }), 'stored')
      }
      for (const value of ['*', '**', '*own', '*??', '', ' ', ['*', 'own']]) {
        assert.equal(on({ [operator]: { [key]: value } }), refused)
      }
    }
  }
  for (const operator of bad) assert.equal(on({ [operator]: { [sub]: 'true' } }), refused)
  assert.equal(on({ StringEquals: { [sub]: '*', [job]: 'own' } }), refused)
  assert.equal(on({ StringEquals: { [sub]: 'own', [job]: '*' } }), refused)
  assert.equal(on({ StringEquals: { [job]: 'own' }, StringLike: { [sub]: '*' } }), 'stored')
  for (const issuer of [`${github}/private`, `${github}.example.test`, `${github}other`]) {
    const keys = [`${issuer}:sub`, `${issuer}:job_workflow_ref`]
    const Condition = { StringEquals: { [sub]: 'own' } }
    assert.equal(told(provider(issuer), { Condition }), unscoped(provider(issuer), ...keys))
  }
})

test('Google, Amazon and Facebook need an equality on an application or subject, whatever its value', () => {
  const rows = [
    ['accounts.google.com', ['aud', 'oaud', 'sub'], ['app_id']],
    ['www.amazon.com', ['app_id', 'sub'], ['aud', 'oaud']],
    ['graph.facebook.com', ['app_id', 'sub'], ['aud']],
  ] as const
  for (const [issuer, claims, others] of rows) {
    const refused = `Policy trusting ${issuer} requires a StringEquals condition on an application id`
    const on = (operator: string, key: string, value: unknown = 'own'): string =>
      told(issuer, { Condition: { [operator]: { [key]: value } } })
    assert.equal(told(issuer, {}), refused)
    for (const claim of claims) {
      for (const value of ['own', '*', '?', '', [], ['*', 'own']]) {
        assert.equal(on('StringEquals', `${issuer}:${claim}`, value), 'stored')
      }
      assert.equal(on('StringEqualsIgnoreCase', `${issuer}:${claim}`), 'stored')
      assert.equal(on('ForAllValues:StringEquals', `${issuer}:${claim}`), 'stored')
      for (const operator of ['StringLike', ...bad]) {
        assert.equal(on(operator, `${issuer}:${claim}`, 'true'), refused)
      }
      assert.equal(on('StringEquals', `${issuer}:${claim}`.toUpperCase()), refused)
    }
    for (const claim of others) assert.equal(on('StringEquals', `${issuer}:${claim}`), refused)
    assert.equal(told(issuer, { Effect: 'Deny' }), 'stored')
  }
})

test('long lists of shared providers and conditions take linear time', () => {
  const numbers = [...new Array(4_000).keys()]
  const issuer = (i: number): string => `${github}/${i}`
  const Federated = numbers.map((i) => provider(issuer(i)))
  const keys = numbers.map((i) => [`${issuer(i)}:SUB`, 'me'])
  const told = (StringEquals: object): string =>
    of({ Effect: 'Allow', Principal: { Federated }, Action: web, Condition: { StringEquals } })
  const started = performance.now()
  assert.equal(told(Object.fromEntries(keys)), 'stored')
  assert.match(told(Object.fromEntries(keys.slice(1))), /oidc-provider\/[^ ]+\/0 must evaluate/)
  assert.ok(performance.now() - started < 1_000)
})
