import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { iamOperations } from '../../src/iam/operations.ts'
import { notBuilt } from '../../src/request/operation.ts'
import { stsOperations } from '../../src/sts/operations.ts'
import { startWatchword } from '../../src/testing.ts'
import { iamCalls } from './iam-calls.ts'
import { clientEnvironment, missingTool, runTool } from './run-tool.ts'

/** boto3 as Python programs use it. Each test runs one scenario of a script in `boto3/` against a service of its own. */
let skipped: string | undefined

/** Older ones do not know AWS_ENDPOINT_URL: they would ask AWS itself. */
const newEnough =
  "import boto3; assert [int(part) for part in boto3.__version__.split('.')[:2]] >= [1, 28]"

before(async () => {
  skipped = await missingTool('python3', ['-c', newEnough], 'Python 3 with boto3 1.28 is needed')
})

/** The operations of a table that are built, by name. */
const built = (table: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(table)
    .filter((name) => table[name] !== notBuilt)
    .sort()

/** @param given - what the scenario needs to know, as JSON */
function scenario(name: string, script: string, run: string, given: object = {}): void {
  test(name, async (t) => {
    if (skipped) return t.skip(skipped)
    await using service = await startWatchword()
    const file = join(import.meta.dirname, 'boto3', `${script}.py`)
    // Without -B Python would leave compiled files among the sources.
    const { status, stderr } = await runTool('python3', ['-B', file, run, JSON.stringify(given)], {
      env: clientEnvironment(service),
    })
    assert.equal(status, 0, stderr)
  })
}

scenario(
  'boto3 walks from a user to a role, and a changed policy reaches live credentials at once',
  'walk',
  'live-policy',
)
scenario('boto3 is told ExpiredToken once the clock passes the credentials', 'walk', 'expiry')
scenario(
  'boto3 ends the sessions of one role by AWSRevokeOlderSessions, and a later session works',
  'walk',
  'revocation',
)
scenario(
  'every IAM operation that is built answers boto3 in a form that it reads',
  'operations',
  'iam',
  { calls: iamCalls, built: built(iamOperations) },
)
scenario(
  'every STS operation that is built answers boto3 in a form that it reads',
  'operations',
  'sts',
  { built: built(stsOperations) },
)
scenario('boto3 reads time stamps as datetimes of now', 'operations', 'times')
scenario('every paginator of boto3 gives the same in pages of one', 'lists', 'paginators', {
  built: built(iamOperations),
})
scenario('a paginator of boto3 stops after some items and goes on later', 'lists', 'resumed')
scenario('the waiters of boto3 wait until the entity is there', 'lists', 'waiters')
scenario('the resource objects of boto3 load, list and delete themselves', 'resources', 'objects')
scenario('boto3 raises the exception class of each refusal of IAM', 'refusals', 'iam')
scenario('boto3 raises the exception class of each refusal of STS', 'refusals', 'sts')
scenario('boto3 is told by code what is wrong with its credentials', 'refusals', 'signatures')
scenario('profiles of a config file assume roles and chain them', 'credentials', 'profiles')
scenario('AssumeRoleCredentialFetcher fetches credentials', 'credentials', 'fetcher')
scenario('presigned URLs of boto3 work for any program', 'credentials', 'presigned')
scenario('clients of every region are served by one endpoint', 'credentials', 'regions')
