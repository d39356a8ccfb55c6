import { after } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import { account, allow, openWire, tags, trusting } from './wire-service.ts'

/** A user, a session with tags and source identity, and one without, whose condition keys are asked about. */
export const wire = await openWire()
after(() => wire[Symbol.asyncDispose]())

export const callers: Record<string, Credentials> = {}
/** Unique ids of user `ada` and role `Worker`. */
export const ids: Record<string, string> = {}
export const arnPrefix = `arn:aws:iam::${account}:`

const { iam, root, session } = wire
const ada = await wire.newUser('ada', { path: '/team/' })
await iam(root, 'TagUser', { UserName: 'ada', ...tags({ Team: 'red' }) })
ids.ada = (await iam(root, 'GetUser', { UserName: 'ada' })).text('User.UserId')
const tagging = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }
ids.worker = await wire.newRole('Worker', trusting(account, tagging), { path: '/deep/' })
await iam(root, 'TagRole', { RoleName: 'Worker', ...tags({ Team: 'blue', Own: 'role' }) })
const boss = await wire.newUser('boss', { policy: allow('sts:*') })
callers.user = ada
callers.session = await session(boss, 'AssumeRole', {
  RoleArn: `arn:aws:iam::${account}:role/deep/Worker`,
  RoleSessionName: 'work',
  SourceIdentity: 'boss',
  ...tags({ team: 'green' }),
})
callers.plain = await session(boss, 'AssumeRole', {
  RoleArn: `arn:aws:iam::${account}:role/deep/Worker`,
  RoleSessionName: 'work',
})
