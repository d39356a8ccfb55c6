import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FederatedUserSession, RoleSession, Session, UserSession } from './session.ts'
import { readSession, writeSession } from './session-text.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 10 })
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined })
const list = fc.array(text, { maxLength: 3 })
const seconds = fc.nat()
const facts = {
  account: text,
  accessKeyId: text,
  issuedAt: seconds,
  expiresAt: seconds,
  mfaAt: maybe(seconds),
  sourceIdentity: maybe(text),
  tags: fc.array(fc.record({ Key: text, Value: text }, { noNullPrototype: true }), {
    maxLength: 2,
  }),
  policy: maybe(text),
  policyArns: maybe(fc.array(text, { minLength: 1, maxLength: 2 })),
  ancestors: list,
}
const plain = { noNullPrototype: true } as const
const roleSession: fc.Arbitrary<RoleSession> = fc.record(
  {
    type: fc.constant('role' as const),
    ...facts,
    roleName: text,
    roleId: text,
    sessionName: text,
    transitiveTagKeys: list,
  },
  plain,
)
const userSession: fc.Arbitrary<UserSession> = fc.record(
  { type: fc.constant('user' as const), ...facts, userId: text, userName: maybe(text) },
  plain,
)
const federatedSession: fc.Arbitrary<FederatedUserSession> = fc.record(
  {
    type: fc.constant('federated-user' as const),
    ...facts,
    name: text,
    userId: text,
    userName: maybe(text),
  },
  plain,
)

test('any session is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.oneof<fc.Arbitrary<Session>[]>(roleSession, userSession, federatedSession),
      (session) => {
        assert.deepEqual(readSession(writeSession(session)), session)
      },
    ),
  )
})

test('a kind of session that this version does not know is none', () => {
  assert.equal(readSession('["service","1","ASIA1",1,2,["x"],{}]'), undefined)
})

test('a session with nothing rare about it is a short text', () => {
  const session: RoleSession = {
    type: 'role',
    account: '111122223333',
    accessKeyId: 'ASIAEXAMPLEEXAMPLE22',
    roleName: 'ci',
    roleId: 'AROAEXAMPLEEXAMPLE222',
    sessionName: 'one',
    issuedAt: 1_764_000_000,
    expiresAt: 1_764_003_600,
    tags: [],
    transitiveTagKeys: [],
    ancestors: [],
  }
  assert.ok(writeSession(session).length < 130)
})
