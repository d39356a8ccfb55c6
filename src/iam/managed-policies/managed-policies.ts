import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import type { AwsManagedPolicies } from '../../directory/aws-managed-policies.ts'
import { shardStarts } from './generated/shard-starts.ts'

/**
 * The policies AWS manages, in their current version: `arn:aws:iam::aws:policy/…`.
 *
 * Nothing is read at start-up. A policy is read with the shard its name falls in (a sixteenth of all, a few
 * milliseconds), and a shard stays in memory once read; only the list reads all headers. `generated/` is
 * written by scripts/generate-managed-policies.ts; README.md here names the source.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
export interface ManagedPolicyHeader {
  readonly name: string
  /** `/`, `/service-role/`, `/job-function/`, `/aws-service-role/` or `/root-task/`. */
  readonly path: string
  readonly arn: string
  /** AWS's id where it is known, else one derived from the ARN. */
  readonly id: string
  /** The only version kept: older ones of AWS's policies are not offered. */
  readonly defaultVersionId: string
  /** Milliseconds since the epoch; the policy's creation. */
  readonly createdAt: number
  /** Milliseconds since the epoch; when the default version was made. */
  readonly updatedAt: number
  /** Empty where it is not known. */
  readonly description: string
  /** False for the paths that AWS reserves for service-linked roles and root sessions. */
  readonly attachable: boolean
}

export interface ManagedPolicy extends ManagedPolicyHeader {
  /** JSON text without insignificant white space. */
  readonly document: string
}

/** The line of a header in `generated/`: these fields between tabs; in a shard the document follows. */
export const headerLine = (header: ManagedPolicyHeader): string =>
  [
    header.name,
    header.path,
    header.id,
    header.defaultVersionId,
    header.createdAt,
    header.updatedAt,
    header.description,
  ].join('\t')

const arnPrefix = 'arn:aws:iam::aws:policy/'
const generated = new URL('./generated/', import.meta.url)

let headers: readonly ManagedPolicyHeader[] | undefined
const shards = new Map<number, ReadonlyMap<string, ManagedPolicy>>()

/** Whether an ARN is in AWS's own namespace, be there such a policy or not. */
const isManagedPolicyArn = (arn: string): boolean => arn.startsWith(arnPrefix)

/**
 * The AWS managed policy of an ARN, or undefined when AWS has none by that ARN. Case and path count.
 * Each call with the same ARN gives the same object.
 */
export function findManagedPolicy(arn: string): ManagedPolicy | undefined {
  if (!isManagedPolicyArn(arn)) return undefined // the usual case: a customer's own policy
  const number = shardOf(arn.slice(arn.lastIndexOf('/') + 1))
  let shard = shards.get(number)
  if (!shard) {
    shard = new Map(
      readLines(`documents-${number}.br`).map((line) => {
        const policy = policyOf(line)
        return [policy.arn, policy]
      }),
    )
    shards.set(number, shard)
  }
  return shard.get(arn)
}

/** All AWS managed policies, sorted by name without regard to case. */
export function listManagedPolicies(): readonly ManagedPolicyHeader[] {
  headers ??= readLines('headers.br').map((line) => headerOf(line.split('\t')))
  return headers
}

/** Both as the port that operations and the decision know. */
export const awsManagedPolicies: AwsManagedPolicies = {
  find: findManagedPolicy,
  list: listManagedPolicies,
}

/** The last shard that begins at or before the name; where it would be, if there is no such policy. */
function shardOf(name: string): number {
  const folded = name.toLowerCase()
  const next = shardStarts.findIndex((start) => start > folded)
  return next < 0 ? shardStarts.length - 1 : Math.max(0, next - 1)
}

function policyOf(line: string): ManagedPolicy {
  const documentAt = line.lastIndexOf('\t') + 1 // JSON text holds no raw tab
  return { ...headerOf(line.split('\t')), document: line.slice(documentAt) }
}

function headerOf(fields: readonly string[]): ManagedPolicyHeader {
  const [name = '', path = '', id = '', defaultVersionId = '', ...rest] = fields
  const [created, updated, description = ''] = rest
  return {
    name,
    path,
    arn: `arn:aws:iam::aws:policy${path}${name}`,
    id,
    defaultVersionId,
    createdAt: Number(created),
    updatedAt: Number(updated),
    attachable: path !== '/aws-service-role/' && path !== '/root-task/',
    description,
  }
}

function readLines(file: string): readonly string[] {
  const text = brotliDecompressSync(readFileSync(new URL(file, generated))).toString('utf8')
  return text.split('\n')
}
