import assert from 'node:assert/strict'
import { after } from 'node:test'
import { account, allow, openWire, type Parameters, trusting } from './wire-service.ts'

/** A user who may do nothing, and one entity of each kind to ask for. */
export const wire = await openWire()
after(() => wire[Symbol.asyncDispose]())

export const arn = (resource: string): string => `arn:aws:iam::${account}:${resource}`
const nobodyArn = arn('user/nobody')
export const document = JSON.stringify(allow('s3:*'))
export const trust = JSON.stringify(trusting(account))
export const policyArn = arn('policy/p/Shelf')
export const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

const { iam, root } = wire
export const nobody = await wire.newUser('nobody')
export const key = (await wire.newUser('Ada', { path: '/u/' })).accessKeyId
await iam(root, 'CreateGroup', { GroupName: 'Staff', Path: '/g/' })
await wire.newRole('Worker', trusting(account), { path: '/r/' })
await iam(root, 'CreatePolicy', { PolicyName: 'Shelf', Path: '/p/', PolicyDocument: document })
await iam(root, 'CreateInstanceProfile', { InstanceProfileName: 'Host', Path: '/i/' })

export const user = { UserName: 'ada' }
export const role = { RoleName: 'worker' }
export const policy = { PolicyArn: policyArn }
export const profile = { InstanceProfileName: 'host' }
export const userArn = arn('user/u/Ada')
export const roleArn = arn('role/r/Worker')
export const named = { PolicyName: 'any' }

export const base = (action: string, resource: string): string =>
  `403 AccessDenied: User: ${nobodyArn} is not authorized to perform: iam:${action} on resource: ${resource}`

/** Gives the user `nobody` this document for the length of a call. */
export async function with_(policyOfNobody: object, action: string, parameters: Parameters = {}) {
  const { iam, root } = wire
  const of = { UserName: 'nobody', PolicyName: 'own' }
  const PolicyDocument = JSON.stringify(policyOfNobody)
  assert.equal((await iam(root, 'PutUserPolicy', { ...of, PolicyDocument })).summary, '200 OK')
  const answer = await iam(nobody, action, parameters)
  await iam(root, 'DeleteUserPolicy', of)
  return answer.summary
}
