import assert from 'node:assert/strict'
import test from 'node:test'
import { awsManagedPolicies } from './aws-managed-policies.ts'

const expected = [
  'AdministratorAccess',
  'ReadOnlyAccess',
  'PowerUserAccess',
  'SecurityAudit',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonDynamoDBFullAccess',
  'AWSDenyAll',
  'AWSCompromisedKeyQuarantineV2',
  'AWSCompromisedKeyQuarantineV3',
  'job-function/ViewOnlyAccess',
  'service-role/AmazonEC2ContainerServiceforEC2Role',
  'service-role/AmazonECSTaskExecutionRolePolicy',
  'service-role/AWSLambdaBasicExecutionRole',
  'AmazonEKSClusterPolicy',
  'AmazonEKSWorkerNodePolicy',
  'AmazonSSMManagedInstanceCore',
  'root-task/IAMAuditRootUserCredentials',
  'root-task/IAMCreateRootUserPassword',
  'root-task/IAMDeleteRootUserCredentials',
  'root-task/S3UnlockBucketPolicy',
  'root-task/SQSUnlockQueuePolicy',
]
const arnOf = (pathAndName: string): string => `arn:aws:iam::aws:policy/${pathAndName}`

test('the policies that people attach most are all there, under their real paths', () => {
  for (const name of expected) {
    const policy = awsManagedPolicies.find(arnOf(name))
    assert.equal(policy?.arn, arnOf(name))
    assert.equal(`${policy?.path.slice(1)}${policy?.name}`, name)
  }
})

test('AdministratorAccess is what AWS shows of it', () => {
  assert.deepEqual(awsManagedPolicies.find(arnOf('AdministratorAccess')), {
    name: 'AdministratorAccess',
    path: '/',
    arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    id: 'ANPAIWMBCKSKIEE64ZLYK',
    defaultVersionId: 'v1',
    createdAt: Date.parse('2015-02-06T18:39:46Z'),
    updatedAt: Date.parse('2015-02-06T18:39:46Z'),
    description: 'Provides full access to AWS services and resources.',
    document:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  })
})

test('every policy has a well-formed header and a document of valid JSON', () => {
  const ids = new Set<string>()
  for (const header of awsManagedPolicies.list()) {
    const { arn, name, path, id, defaultVersionId, createdAt, updatedAt } = header
    assert.match(name, /^[\w+=,.@-]{1,128}$/, arn)
    assert.match(path, /^\/([a-z-]+\/)?$/, arn)
    assert.match(id, /^ANPA[A-Z2-7]{17}$/, arn)
    assert.match(defaultVersionId, /^v[1-9]\d*$/, arn)
    assert.ok(createdAt > Date.parse('2010-01-01') && updatedAt >= createdAt, arn)
    ids.add(id)
    const { document: text = '', ...found } = awsManagedPolicies.find(arn) ?? {}
    assert.deepEqual(found, header)
    const document = JSON.parse(text)
    assert.match(document.Version, /^(2012-10-17|2008-10-17)$/, arn)
    assert.ok(document.Statement, arn)
  }
  assert.equal(ids.size, awsManagedPolicies.list().length)
})

test('the list is sorted by name without regard to case, and names no policy twice', () => {
  const names = awsManagedPolicies.list().map(({ name }) => name.toLowerCase())
  assert.deepEqual(names, [...new Set(names)].sort())
  assert.ok(names.length > 1000)
})

test('each document is the one of its own policy', () => {
  const text = (name: string): string => awsManagedPolicies.find(arnOf(name))?.document ?? ''
  assert.match(text('AWSDenyAll'), /"Effect":"Deny","Action":(\["\*"\]|"\*")/)
  assert.match(text('service-role/AWSLambdaBasicExecutionRole'), /logs:PutLogEvents/)
  assert.match(text('root-task/S3UnlockBucketPolicy'), /s3:DeleteBucketPolicy/)
  assert.match(text('root-task/SQSUnlockQueuePolicy'), /sqs:SetQueueAttributes/)
  assert.match(text('AmazonDynamoDBFullAccess'), /dynamodb:\*/)
})

test('an ARN that is not exactly one of them finds nothing', () => {
  for (const arn of [
    '',
    'AdministratorAccess',
    'arn:aws:iam::aws:policy/',
    'arn:aws:iam::aws:policy/administratoraccess',
    'arn:aws:iam::aws:policy/AdministratorAccess/',
    'arn:aws:iam::aws:policy/ViewOnlyAccess',
    'arn:aws:iam::aws:policy/service-role/AdministratorAccess',
    'arn:aws-cn:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::123456789012:policy/AdministratorAccess',
    'arn:aws:iam::aws:policy/__proto__',
    'arn:aws:iam::aws:policy/constructor',
  ]) {
    assert.equal(awsManagedPolicies.find(arn), undefined, arn)
  }
})

test('the same ARN gives the same object, so that what is compiled from it can be kept', () => {
  const arn = arnOf('ReadOnlyAccess')
  assert.equal(awsManagedPolicies.find(arn), awsManagedPolicies.find(arn))
})
