import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { account, allow, openWire, type Parameters, trusting, type Wire } from './wire-service.ts'

/**
 * What operations refuse and in which words, as rows: on one account whose entities the rows do not change for long.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/iam (recorded 2026-02)
 */
export type Row = readonly [action: string, parameters: Parameters, answer: string]

export const arn = (resource: string): string => `arn:aws:iam::${account}:${resource}`
export const document = JSON.stringify(allow('s3:ListBucket'))
export const trust = JSON.stringify(trusting(account))
export const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

/** One test for each row, asked by root. Gives the service to tests that need more than a row. */
export function testRows(rows: readonly Row[]): { readonly wire: () => Wire } {
  let wire: Wire
  before(async () => {
    wire = await openAccount()
  })
  after(() => wire[Symbol.asyncDispose]())
  for (const [action, parameters, answer] of rows) {
    const shown = JSON.stringify(parameters).slice(0, 100)
    test(`${action} ${shown}: ${answer.slice(0, 60)}`, async () => {
      assert.equal((await wire.iam(wire.root, action, parameters)).summary, answer)
    })
  }
  return { wire: () => wire }
}

async function openAccount(): Promise<Wire> {
  const wire = await openWire()
  const { iam, root } = wire
  const must = async (action: string, parameters: Parameters): Promise<void> => {
    assert.equal((await iam(root, action, parameters)).summary, '200 OK', action)
  }
  await wire.newUser('Ada')
  await wire.newUser('bob', { policy: allow('s3:ListBucket') })
  await must('CreateUser', { UserName: 'full' })
  await must('CreateAccessKey', { UserName: 'full' })
  await must('CreateAccessKey', { UserName: 'full' })
  await must('CreateGroup', { GroupName: 'Staff' })
  await must('CreateGroup', { GroupName: 'empty' })
  await must('AddUserToGroup', { GroupName: 'Staff', UserName: 'bob' })
  await must('PutGroupPolicy', { GroupName: 'Staff', PolicyName: 'own', PolicyDocument: document })
  await wire.newRole('Worker', trusting(account), { policy: allow('s3:ListBucket') })
  await wire.newRole('idle', trusting(account))
  await must('CreatePolicy', { PolicyName: 'Shelf', PolicyDocument: document })
  await must('CreatePolicy', { PolicyName: 'spare', PolicyDocument: document, Path: '/deep/' })
  await must('AttachRolePolicy', { RoleName: 'Worker', PolicyArn: arn('policy/Shelf') })
  await must('AttachUserPolicy', { UserName: 'bob', PolicyArn: arn('policy/Shelf') })
  await must('CreateInstanceProfile', { InstanceProfileName: 'Host' })
  await must('CreateInstanceProfile', { InstanceProfileName: 'bare' })
  await must('AddRoleToInstanceProfile', { InstanceProfileName: 'Host', RoleName: 'Worker' })
  await must('CreatePolicy', { PolicyName: 'many', PolicyDocument: document })
  for (let n = 2; n <= 5; n++) {
    await must('CreatePolicyVersion', { PolicyArn: arn('policy/many'), PolicyDocument: document })
  }
  return wire
}

export const none = (what: string): string => `404 NoSuchEntity: ${what}`
export const noUser = (name: string): string => none(`The user with name ${name} cannot be found.`)
export const noGroup = (name: string): string =>
  none(`The group with name ${name} cannot be found.`)
export const noRole = (name: string): string => none(`The role with name ${name} cannot be found.`)
export const noProfile = (name: string): string => none(`Instance Profile ${name} cannot be found.`)
export const exists = (what: string): string => `409 EntityAlreadyExists: ${what} already exists.`
export const conflict = (what: string): string =>
  `409 DeleteConflict: Cannot delete entity, must ${what} first.`
export const limit = (what: string): string => `409 LimitExceeded: Cannot exceed quota for ${what}`
export const one = (at: string, constraint: string): string =>
  `400 ValidationError: 1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must ${constraint}`
export const two = (at: string, first: string, second: string): string =>
  `400 ValidationError: 2 validation errors detected: ${[first, second].map((constraint) => `Value at '${at}' failed to satisfy constraint: Member must ${constraint}`).join('; ')}`
export const invalid = (text: string): string => `400 InvalidInput: ${text}`
export const malformed = (text: string): string => `400 MalformedPolicyDocument: ${text}`
export const duplicateTags =
  'Duplicate tag keys found. Please note that Tag keys are case insensitive.'
export const reserved = 'Tag keys beginning with aws: are reserved for system use.'
export const nameRule = (field: string): string =>
  `400 ValidationError: The specified value for ${field} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`
export const pathRule = (field = 'path'): string =>
  `400 ValidationError: The specified value for ${field} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`
export const ghost = 'arn:aws:iam::123456789012:policy/ghost'
export const unattachable = (what: string): string =>
  none(`Policy ${what} does not exist or is not attachable.`)
export const notFound = (what: string): string => none(`Policy ${what} was not found.`)
export const noVersion = (what: string, version: string): string =>
  none(`Policy ${what} version ${version} does not exist or is not attachable.`)
export const versionPattern = 'satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?'
export const tagKeysRule =
  'satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]'
export const fiftyOne = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, '']))
export const long = (length: number): string => 'x'.repeat(length)
