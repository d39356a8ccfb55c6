/**
 * `npm run bench`: what the service does in a second, as a share of what bare node:http does with the same bytes.
 * Server on one core, load on the other; ceiling and service alternate, so that a noisy machine hits both.
 * `--quick` takes one role and less time; `--roles 1,1000` takes these numbers of roles.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { ask, awsRequest } from './aws-request.ts'
import { type Child, pinSelf, startChild } from './child.ts'
import { load } from './load.ts'
import { seedRoles } from './seed.ts'

const main = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js')
const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, roles: { type: 'string' } },
})
const { quick } = flags
const sizes = flags.roles ? flags.roles.split(',').map(Number) : quick ? [1] : [1, 10_000, 100_000]
const options = { connections: 32, seconds: 1 }
/** Short and many: a noisy machine then disturbs some pairs of rounds, and the one in the middle tells. */
const rounds = quick ? 3 : 11
/** Until then the engine still compiles what the load runs through. */
const warmUpSeconds = quick ? 1 : 3

pinSelf()
const scratch = mkdtempSync(join(tmpdir(), 'watchword-bench-'))
try {
  const rows: string[][] = []
  let emptyMemory = 0
  for (const size of sizes) {
    const data = join(scratch, `roles-${size}`)
    const first = JSON.parse(
      execFileSync(process.execPath, [main, 'init', '--json', '--data', data], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString(),
    )
    const admin = { accessKeyId: first.accessKeyId, secretAccessKey: first.secretAccessKey }
    const trusted = await administratorOf(data, admin)
    await seedRoles(data, first.account, trusted, size)
    const service = await startChild(main, ['serve', '--port', '0', '--data', data])
    const spawned = performance.now() - service.startMilliseconds
    await ask(service.port, awsRequest(service.port, 'sts', { Action: 'GetCallerIdentity' }, admin))
    const firstAnswer = performance.now() - spawned
    console.log(`${size} roles: first answer ${firstAnswer.toFixed(0)} ms after start`)
    const idle = service.memory()
    rows.push(...(await measure(service, first.account, admin, size)))
    const after = service.memory()
    if (size === 1) emptyMemory = idle
    const each = size > 1 ? ((idle - emptyMemory) * 1024 * 1024) / size : 0
    console.log(
      `${size} roles: idle ${idle.toFixed(0)} MiB (${each.toFixed(0)} bytes a role), after load ${after.toFixed(0)} MiB`,
    )
    await service.stop()
  }
  printTable(rows)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

async function administratorOf(data: string, admin: Keys): Promise<{ arn: string; id: string }> {
  const service = await startChild(main, ['serve', '--port', '0', '--data', data])
  const { port } = service
  const xml = await ask(port, awsRequest(port, 'sts', { Action: 'GetCallerIdentity' }, admin))
  await service.stop()
  return { arn: text(xml, 'Arn'), id: text(xml, 'UserId') }
}

async function measure(
  service: Child,
  account: string,
  admin: Keys,
  size: number,
): Promise<string[][]> {
  const { port } = service
  const assume = awsRequest(
    port,
    'sts',
    {
      Action: 'AssumeRole',
      RoleArn: `arn:aws:iam::${account}:role/role-0`,
      RoleSessionName: 'bench',
    },
    admin,
  )
  const issued = await ask(port, assume)
  const session = {
    accessKeyId: text(issued, 'AccessKeyId'),
    secretAccessKey: text(issued, 'SecretAccessKey'),
    sessionToken: text(issued, 'SessionToken'),
  }
  const cases: [string, Buffer][] = [
    ['GetCallerIdentity', awsRequest(port, 'sts', { Action: 'GetCallerIdentity' }, session)],
    ['AssumeRole', assume],
    ['GetRole', awsRequest(port, 'iam', { Action: 'GetRole', RoleName: 'role-0' }, session)],
  ]
  const rows: string[][] = []
  for (const [name, request] of cases) {
    const sample = join(scratch, 'answer.xml')
    writeFileSync(sample, await ask(port, request))
    const bare = await startChild(join(import.meta.dirname, 'bare-server.ts'), [sample])
    await load(port, request, { ...options, seconds: warmUpSeconds })
    await load(bare.port, request, { ...options, seconds: warmUpSeconds })
    const results: { own: number; ceiling: number; p99: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const ceiling = await load(bare.port, request, options)
      const own = await load(port, request, options)
      if (own.failures > 0) throw new Error(`${name}: ${own.failures} refused`)
      results.push({
        own: own.requestsPerSecond,
        ceiling: ceiling.requestsPerSecond,
        p99: own.p99,
      })
    }
    await bare.stop()
    const ratio = (result: (typeof results)[number]): number => result.own / result.ceiling
    results.sort((a, b) => ratio(a) - ratio(b))
    const median = results[Math.floor(rounds / 2)]
    if (!median) throw new Error('There were no rounds.')
    rows.push([
      String(size),
      name,
      median.own.toFixed(0),
      median.ceiling.toFixed(0),
      ratio(median).toFixed(2),
      `${median.p99.toFixed(1)} ms`,
    ])
    console.log(rows.at(-1)?.join('  '))
  }
  return rows
}

function text(xml: string, tag: string): string {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''
}

function printTable(rows: string[][]): void {
  const all = [['roles', 'operation', 'per second', 'bare http', 'ratio', 'p99'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  for (const row of all) {
    console.log(row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
  }
}
