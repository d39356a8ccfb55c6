import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Credentials } from '../../src/sigv4/index.ts'
import type { RawAnswer } from '../wire/send.ts'
import { allow, trusting } from '../wire/wire-service.ts'
import {
  codeOf,
  dataDirectory,
  failedStart,
  type ServiceProcess,
  startProcess,
  tagOf,
} from './service-process.ts'

const account = '123456789012'

/** All that was ever acknowledged, over every life of the service. */
interface Acknowledged {
  readonly users: string[]
  readonly keys: Credentials[]
  readonly sessions: Credentials[]
  /** The number in the newest acknowledged policy. */
  policy: number
}

/** Writes on several connections until the service is killed amid them; only what was answered counts. */
async function writeUntilDead(
  service: ServiceProcess,
  caller: Credentials,
  life: number,
  seen: Acknowledged,
): Promise<void> {
  const { root } = service
  const enough = seen.users.length + 20 * life
  const forEver = async (step: (n: number) => Promise<void>): Promise<void> => {
    for (let n = 0; ; n++) {
      try {
        await step(n)
      } catch (error) {
        // A refused or broken connection ends a writer; anything else is a fault.
        if (error instanceof Error && 'code' in error && error.code !== 'ERR_ASSERTION') return
        throw error
      }
    }
  }
  const done = async (action: string, parameters: Readonly<Record<string, string>>) => {
    const answer = await service.call(root, 'iam', action, parameters)
    assert.equal(codeOf(answer), 'OK', answer.body)
    return answer.body
  }
  await Promise.all([
    forEver(async (n) => {
      const UserName = `user-${life}-${n}`
      await done('CreateUser', { UserName })
      seen.users.push(UserName)
      if (seen.users.length === enough) service.child.kill('SIGKILL')
      if (n % 4 !== 0) return
      const body = await done('CreateAccessKey', { UserName })
      seen.keys.push({
        accessKeyId: tagOf(body, 'AccessKeyId'),
        secretAccessKey: tagOf(body, 'SecretAccessKey'),
      })
    }),
    forEver(async (n) => {
      const number = life * 1_000_000 + n
      const document = { ...allow('s3:*'), Id: String(number) }
      const PolicyDocument = JSON.stringify(document)
      await done('PutRolePolicy', { RoleName: 'worker', PolicyName: 'own', PolicyDocument })
      seen.policy = number
    }),
    forEver(async () => {
      const answer = await service.call(caller, 'sts', 'AssumeRole', {
        RoleArn: `arn:aws:iam::${account}:role/worker`,
        RoleSessionName: 'work',
      })
      assert.equal(codeOf(answer), 'OK', answer.body)
      const { body } = answer
      seen.sessions.push({
        accessKeyId: tagOf(body, 'AccessKeyId'),
        secretAccessKey: tagOf(body, 'SecretAccessKey'),
        sessionToken: tagOf(body, 'SessionToken'),
      })
    }),
  ])
}

async function checkAll(service: ServiceProcess, seen: Acknowledged): Promise<void> {
  const { root } = service
  const names = new Set<string>()
  let Marker: string | undefined
  do {
    const { body } = await service.call(root, 'iam', 'ListUsers', { MaxItems: 1000, Marker })
    for (const [, name] of body.matchAll(/<UserName>([^<]*)/g)) names.add(name ?? '')
    Marker = /<Marker>([^<]*)/.exec(body)?.[1]
  } while (Marker !== undefined)
  assert.deepEqual(
    seen.users.filter((name) => !names.has(name)),
    [],
  )
  const { body } = await service.call(root, 'iam', 'GetRolePolicy', {
    RoleName: 'worker',
    PolicyName: 'own',
  })
  const { Id } = JSON.parse(decodeURIComponent(tagOf(body, 'PolicyDocument'))) as { Id?: string }
  assert.ok(Number(Id) >= seen.policy, `policy ${Id}, acknowledged ${seen.policy}`)
  for (const key of [...seen.keys.slice(-20), ...seen.sessions.slice(-20)]) {
    assert.equal(codeOf(await service.call(key, 'sts', 'GetCallerIdentity')), 'OK')
  }
}

test('nothing that was acknowledged is lost when the service is killed, life after life', async (t) => {
  const data = dataDirectory(t)
  const seen: Acknowledged = { users: [], keys: [], sessions: [], policy: 0 }
  let caller: Credentials | undefined
  for (let life = 1; life <= 5; life++) {
    const service = await startProcess(t, data)
    if (!caller) {
      const { root } = service
      await service.call(root, 'iam', 'CreateUser', { UserName: 'caller' })
      const { body } = await service.call(root, 'iam', 'CreateAccessKey', { UserName: 'caller' })
      caller = {
        accessKeyId: tagOf(body, 'AccessKeyId'),
        secretAccessKey: tagOf(body, 'SecretAccessKey'),
      }
      const AssumeRolePolicyDocument = JSON.stringify(
        trusting(`arn:aws:iam::${account}:user/caller`),
      )
      const made = await service.call(root, 'iam', 'CreateRole', {
        RoleName: 'worker',
        AssumeRolePolicyDocument,
      })
      assert.equal(codeOf(made), 'OK', made.body)
    } else await checkAll(service, seen)
    const gone = once(service.child, 'exit')
    await writeUntilDead(service, caller, life, seen)
    await gone
  }
  const service = await startProcess(t, data)
  await checkAll(service, seen)
  assert.ok(seen.users.length >= 300 && seen.keys.length >= 60 && seen.sessions.length >= 100)
})

test('a second service on the same data is refused, and says what to do', async (t) => {
  const data = dataDirectory(t)
  const first = await startProcess(t, data)
  const { status, said } = await failedStart(data)
  assert.equal(status, 1)
  assert.match(said, /is in use by another Watchword process\. Stop that process/)
  assert.ok(said.includes(data))
  assert.equal(codeOf(await first.call(first.root, 'sts', 'GetCallerIdentity')), 'OK')
  await first.kill()
  const second = await startProcess(t, data)
  assert.equal(codeOf(await second.call(first.root, 'sts', 'GetCallerIdentity')), 'OK')
})

const largest = (data: string): string => {
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(data, name),
  )
  const databases = files.filter((name) => /\.(db|sqlite3?)$/.test(name))
  return databases.sort((a, b) => statSync(b).size - statSync(a).size)[0] ?? ''
}

for (const [what, damage] of [
  ['overwritten', (path: string) => writeFileSync(path, 'not a database '.repeat(1000))],
  ['cut short', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2) + 17)],
] as const) {
  test(`a database that was ${what} is refused, never repaired by guessing`, async (t) => {
    const data = dataDirectory(t)
    const service = await startProcess(t, data)
    await service.call(service.root, 'iam', 'CreateUser', { UserName: 'ada' })
    const gone = once(service.child, 'exit')
    service.child.kill('SIGTERM')
    await gone
    damage(largest(data))
    const { status, said } = await failedStart(data)
    assert.equal(status, 1, said)
    assert.match(said, /The database .* cannot be used: .*restore it from a backup\./)
    assert.doesNotMatch(said, /\n\s+at /)
  })
}

test('when the disk takes no more, writes are refused, reads go on, and writes work again afterwards', async (t) => {
  const data = dataDirectory(t)
  // A file-size limit stands in for a full disk: the same writes fail, and it can be lifted while the service runs.
  const service = await startProcess(t, data, "trap '' XFSZ; ulimit -S -f 600")
  const { root, child } = service
  const untilRefused = async (ask: (n: number) => Promise<RawAnswer>): Promise<void> => {
    const codes = new Set<string>()
    for (let n = 0; n < 4000 && !codes.has('ServiceUnavailable'); n++)
      codes.add(codeOf(await ask(n)))
    assert.deepEqual(codes, new Set(['OK', 'ServiceUnavailable']))
  }
  await untilRefused((n) => service.call(root, 'iam', 'CreateUser', { UserName: `user-${n}` }))
  // Sessions go to files of their own, which have room for some yet.
  await untilRefused(() => service.call(root, 'sts', 'GetSessionToken'))
  const refused = await service.call(root, 'sts', 'GetSessionToken')
  assert.equal(codeOf(refused), 'ServiceUnavailable', 'no credential leaves unrecorded')
  assert.equal(refused.status, 503)
  assert.equal(codeOf(await service.call(root, 'sts', 'GetCallerIdentity')), 'OK')
  assert.equal(codeOf(await service.call(root, 'iam', 'ListUsers')), 'OK')
  const lifted = spawnSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited'])
  if (lifted.status !== 0) return t.diagnostic('prlimit is not here: the disk stays full')
  assert.equal(codeOf(await service.call(root, 'iam', 'CreateUser', { UserName: 'after' })), 'OK')
  assert.equal(codeOf(await service.call(root, 'sts', 'GetSessionToken')), 'OK')
})
