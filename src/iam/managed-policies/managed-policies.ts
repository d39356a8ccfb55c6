import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

/**
 * The policies AWS manages, in their current version: `arn:aws:iam::aws:policy/…`.
 *
 * Nothing is read at start-up. The first question reads the headers; a document is read with the shard it is
 * in (a sixteenth of all), and shards stay in memory once read. `generated/` is written by
 * scripts/generate-managed-policies.ts; README.md here names the source.
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
  readonly description?: string
  /** False for the paths that AWS reserves for service-linked roles and root sessions. */
  readonly attachable: boolean
}

export interface ManagedPolicy extends ManagedPolicyHeader {
  /** JSON text without insignificant white space. */
  readonly document: string
}

/**
 * One row of `generated/headers.br`: name, path, id, default version, created and updated (milliseconds), shard
 * of the document, description or empty. A tuple, because parsing 1,600 objects would take half of a first look-up.
 */
export type HeaderRow = readonly [
  name: string,
  path: string,
  id: string,
  defaultVersionId: string,
  createdAt: number,
  updatedAt: number,
  shard: number,
  description: string,
]

const arnPrefix = 'arn:aws:iam::aws:policy/'
const generated = new URL('./generated/', import.meta.url)

interface Entry {
  readonly header: ManagedPolicyHeader
  readonly shard: number
  /** The line of the shard that holds the document. */
  readonly line: number
  policy: ManagedPolicy | undefined
}

interface Catalogue {
  readonly byArn: ReadonlyMap<string, Entry>
  readonly headers: readonly ManagedPolicyHeader[]
}

let catalogue: Catalogue | undefined
const shards = new Map<number, readonly string[]>()

/** Whether an ARN is in AWS's own namespace, be there such a policy or not. */
export const isManagedPolicyArn = (arn: string): boolean => arn.startsWith(arnPrefix)

/**
 * The AWS managed policy of an ARN, or undefined when AWS has none by that ARN. Case and path count.
 * Each call with the same ARN gives the same object.
 */
export function findManagedPolicy(arn: string): ManagedPolicy | undefined {
  if (!isManagedPolicyArn(arn)) return undefined // the usual case: a customer's own policy
  const entry = load().byArn.get(arn)
  if (!entry) return undefined
  entry.policy ??= { ...entry.header, document: documentOf(entry) }
  return entry.policy
}

/** The header of one policy: what listings and attachments need, without reading its document. */
export function findManagedPolicyHeader(arn: string): ManagedPolicyHeader | undefined {
  return isManagedPolicyArn(arn) ? load().byArn.get(arn)?.header : undefined
}

/** All AWS managed policies, sorted by name without regard to case. */
export function listManagedPolicies(): readonly ManagedPolicyHeader[] {
  return load().headers
}

function load(): Catalogue {
  catalogue ??= readCatalogue()
  return catalogue
}

function readCatalogue(): Catalogue {
  const rows: readonly HeaderRow[] = JSON.parse(readGenerated('headers.br'))
  const entries: Entry[] = []
  let line = 0
  let previous = -1
  for (const row of rows) {
    const shard = row[6]
    line = shard === previous ? line + 1 : 0
    previous = shard
    entries.push({ header: headerOf(row), shard, line, policy: undefined })
  }
  return {
    byArn: new Map(entries.map((entry) => [entry.header.arn, entry])),
    headers: entries.map((entry) => entry.header),
  }
}

function headerOf(row: HeaderRow): ManagedPolicyHeader {
  const [name, path, id, defaultVersionId, createdAt, updatedAt, , description] = row
  const arn = `arn:aws:iam::aws:policy${path}${name}`
  const attachable = path !== '/aws-service-role/' && path !== '/root-task/'
  const header = { name, path, arn, id, defaultVersionId, createdAt, updatedAt, attachable }
  return description === '' ? header : { ...header, description }
}

function documentOf({ header, shard, line }: Entry): string {
  let documents = shards.get(shard)
  if (!documents) {
    documents = readGenerated(`documents-${shard}.br`).split('\n')
    shards.set(shard, documents)
  }
  const document = documents[line]
  if (document === undefined)
    throw new Error(`${header.arn}: its document is not in shard ${shard}`)
  return document
}

function readGenerated(file: string): string {
  return brotliDecompressSync(readFileSync(new URL(file, generated))).toString('utf8')
}
