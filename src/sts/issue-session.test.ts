import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scope } from '../request/scope.ts'
import type { JournalEntry } from '../store/journal.ts'
import { issueSession, type NewSession } from './issue-session.ts'

const role: NewSession = {
  type: 'role',
  account: '123456789012',
  roleName: 'deploy',
  roleId: 'AROAEXAMPLE',
  sessionName: 'ci',
  sourceIdentity: undefined,
  tags: [],
  transitiveTagKeys: [],
  policy: undefined,
  policyArns: [],
}

function journaled(facts: NewSession, caller: object): JournalEntry {
  const services = {
    ids: { sessionKey: () => 'ASIAEXAMPLE' },
    sessionTokens: { seal: () => ({ secretAccessKey: 'secret', sessionToken: 'token' }) },
  }
  const scope = { caller, now: 1_800_000_000_500, requestId: 'r-1', services } as unknown as Scope
  const arn = 'arn:aws:sts::123456789012:assumed-role/deploy/ci'
  return issueSession(scope, facts, arn, 900).record
}

test('the record tells who issued which session to whom', () => {
  const caller = { arn: 'arn:aws:iam::123456789012:user/a', accessKeyId: 'AKIAEXAMPLE' }
  const entry = journaled(role, caller)
  assert.deepEqual(entry.keys, ['ASIAEXAMPLE', 'AROAEXAMPLE'])
  assert.deepEqual(JSON.parse(entry.body), {
    arn: 'arn:aws:sts::123456789012:assumed-role/deploy/ci',
    accessKeyId: 'ASIAEXAMPLE',
    issuedAt: 1_800_000_000,
    expiresAt: 1_800_000_900,
    issuedTo: 'arn:aws:iam::123456789012:user/a',
    issuedToKey: 'AKIAEXAMPLE',
    ancestors: [],
  })
})

test('the record tells the sessions before this one, and the source identity, whatever its letters', () => {
  const session = { type: 'role', accessKeyId: 'ASIA2', ancestors: ['ASIA1'] }
  const caller = { arn: 'arn', accessKeyId: 'ASIA2', session }
  const entry = journaled({ ...role, sourceIdentity: 'a"\\é' }, caller)
  assert.deepEqual(entry.keys, ['ASIAEXAMPLE', 'AROAEXAMPLE', 'ASIA1', 'ASIA2'])
  const { ancestors, sourceIdentity } = JSON.parse(entry.body)
  assert.deepEqual(
    { ancestors, sourceIdentity },
    { ancestors: ['ASIA1', 'ASIA2'], sourceIdentity: 'a"\\é' },
  )
})
