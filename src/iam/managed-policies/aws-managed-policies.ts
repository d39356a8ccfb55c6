import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import type {
  AwsManagedPolicies,
  AwsManagedPolicy,
  AwsManagedPolicyHeader,
} from '../../directory/aws-managed-policies.ts'
import { shardStarts } from './generated/shard-starts.ts'

const arnPrefix = 'arn:aws:iam::aws:policy'
const generated = new URL('./generated/', import.meta.url)

/**
 * The policies AWS manages, in their current version: `arn:aws:iam::aws:policy/…`. Case and path of an ARN count, and
 * each call with the same ARN gives the same object. Ids are AWS's where they are known, else derived from the ARN.
 *
 * Nothing is read at start-up. A policy is read with the shard its name falls in (a sixteenth of all, a few
 * milliseconds), and a shard stays in memory once read; only the list reads all headers. `generated/` is
 * written by scripts/generate-managed-policies.ts; README.md here names the source.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
export const awsManagedPolicies: AwsManagedPolicies = packagedPolicies()

function packagedPolicies(): AwsManagedPolicies {
  let headers: readonly AwsManagedPolicyHeader[] | undefined
  const shards = new Map<number, ReadonlyMap<string, AwsManagedPolicy>>()
  return {
    find(arn) {
      // The usual case: a customer's own policy.
      if (!arn.startsWith(`${arnPrefix}/`)) return undefined
      const number = shardOf(arn.slice(arn.lastIndexOf('/') + 1))
      const shard = shards.get(number) ?? readShard(number)
      shards.set(number, shard)
      return shard.get(arn)
    },
    list() {
      headers ??= readLines('headers.br').map((line) => headerOf(line.split('\t')))
      return headers
    },
  }
}

/** The line of a header in `generated/`: these fields between tabs; in a shard the document follows. */
export const headerLine = (header: AwsManagedPolicyHeader): string =>
  [
    header.name,
    header.path,
    header.id,
    header.defaultVersionId,
    header.createdAt,
    header.updatedAt,
    header.description,
  ].join('\t')

/** The last shard that begins at or before the name; where it would be, if there is no such policy. */
function shardOf(name: string): number {
  const folded = name.toLowerCase()
  const next = shardStarts.findIndex((start) => start > folded)
  return next < 0 ? shardStarts.length - 1 : Math.max(0, next - 1)
}

function readShard(number: number): ReadonlyMap<string, AwsManagedPolicy> {
  const policies = readLines(`documents-${number}.br`).map(policyOf)
  return new Map(policies.map((policy) => [policy.arn, policy]))
}

function policyOf(line: string): AwsManagedPolicy {
  // JSON text holds no raw tab.
  const documentAt = line.lastIndexOf('\t') + 1
  return { ...headerOf(line.split('\t')), document: line.slice(documentAt) }
}

function headerOf(fields: readonly string[]): AwsManagedPolicyHeader {
  const [name = '', path = '', id = '', defaultVersionId = '', ...rest] = fields
  const [created, updated, description = ''] = rest
  return {
    name,
    path,
    arn: `${arnPrefix}${path}${name}`,
    id,
    defaultVersionId,
    createdAt: Number(created),
    updatedAt: Number(updated),
    description,
  }
}

function readLines(file: string): readonly string[] {
  const text = brotliDecompressSync(readFileSync(new URL(file, generated))).toString('utf8')
  return text.split('\n')
}
