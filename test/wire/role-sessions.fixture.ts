import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import { account, allow, openWire, trusting } from './wire-service.ts'

/** Roles with sessions, asked by ListUsers whether they still may. */
export const wire = await openWire()
after(() => wire[Symbol.asyncDispose]())

/** Assumes the roles. */
export const ada = await wire.newUser('ada', { policy: allow(['sts:*', 'iam:ListUsers']) })

/** What a list of users is authorized on. */
export const usersArn = `arn:aws:iam::${account}:user/`

let count = 0

export const arnOf = (name: string): string => `arn:aws:iam::${account}:role/${name}`
const tagging = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }

/** A role of its own for each test, and who assumes it. */
export async function workerRole(policy: object = allow(['iam:ListUsers', 'sts:*'])) {
  const name = `worker-${count++}`
  const id = await wire.newRole(name, trusting(account, tagging), { policy })
  const enter = (more: Readonly<Record<string, string>> = {}, as = ada): Promise<Credentials> =>
    wire.session(as, 'AssumeRole', { RoleArn: arnOf(name), RoleSessionName: 'work', ...more })
  const put = async (PolicyName: string, document: object): Promise<void> => {
    const input = { RoleName: name, PolicyName, PolicyDocument: JSON.stringify(document) }
    assert.equal((await wire.iam(wire.root, 'PutRolePolicy', input)).summary, '200 OK')
  }
  return { name, id, enter, put }
}

export const listUsers = async (as: Credentials): Promise<string> =>
  (await wire.iam(as, 'ListUsers')).summary
export const who = (name: string, session = 'work'): string =>
  `arn:aws:sts::${account}:assumed-role/${name}/${session}`
export const explicit = (caller: string): string =>
  `403 AccessDenied: User: ${caller} is not authorized to perform: iam:ListUsers on resource: ${usersArn} with an explicit deny in an identity-based policy`
export const implicit = (caller: string, kind = 'identity-based'): string =>
  `403 AccessDenied: User: ${caller} is not authorized to perform: iam:ListUsers on resource: ${usersArn} because no ${kind} policy allows the iam:ListUsers action`
