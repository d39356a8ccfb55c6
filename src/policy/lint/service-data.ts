/**
 * What AWS's services define, unpacked from one string: a line a service, unpacked when it is first asked for. The
 * first line lists the words that the characters from U+00A1 on stand for; the others have five fields divided by
 * tabs: prefix (`!` marks services under RCPs), resource types, condition keys, signatures, actions. A signature is
 * what actions have in common: indexes (base 36) of resource types `|` of keys. Actions are front-coded.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { packedServices } from './generated/service-data.ts'

export type KeyType = 'string' | 'arn' | 'bool' | 'numeric' | 'date' | 'ip'

/** A condition key of a service; `*` in its name stands for text of the author's. */
export interface ConditionKey {
  readonly name: string
  readonly type: KeyType
  readonly multivalued: boolean
}

/** `arn:aws:` is cut off and variables are `*`: service, region, account, resource. */
export interface ResourcePattern {
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** An action with what it can be done on and the keys that its requests carry. */
export interface ServiceAction {
  readonly name: string
  readonly lower: string
  /** Empty for an action that knows no resources but `*`. */
  readonly resources: readonly ResourcePattern[]
  readonly keys: readonly ConditionKey[]
}

/** One service as the service authorization reference has it. */
export interface Service {
  readonly prefix: string
  readonly underRcps: boolean
  readonly resources: readonly ResourcePattern[]
  readonly keys: readonly ConditionKey[]
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, ServiceAction>
}

const types: Readonly<Record<string, KeyType>> = {
  s: 'string',
  a: 'arn',
  b: 'bool',
  n: 'numeric',
  d: 'date',
  i: 'ip',
}

interface Index {
  /** As packed; `whole` writes the abbreviations out. */
  readonly lines: ReadonlyMap<string, string>
  readonly whole: (text: string) => string
  readonly unpacked: Map<string, Service>
  arnServices: Map<string, ResourcePattern[]> | undefined
}

let index: Index | undefined

function services(): Index {
  if (index !== undefined) return index
  const lines = new Map<string, string>()
  const [words = '', ...packed] = packedServices.split('\n')
  const abbreviations = words.split(' ')
  const whole = (text: string): string =>
    text.replace(/[\xa1-\xff]/g, (short) => abbreviations[short.charCodeAt(0) - 0xa1] ?? '')
  for (const line of packed) {
    lines.set(whole(line.slice(0, line.indexOf('\t'))).replace('!', ''), line)
  }
  index = { lines, whole, unpacked: new Map(), arnServices: undefined }
  return index
}

export function servicePrefixes(): Iterable<string> {
  return services().lines.keys()
}

/** @param prefix - in lower case */
export function serviceOf(prefix: string): Service | undefined {
  const { lines, unpacked, whole } = services()
  const known = unpacked.get(prefix)
  if (known !== undefined) return known
  const line = lines.get(prefix)
  if (line === undefined) return undefined
  const service = unpack(prefix, whole(line))
  unpacked.set(prefix, service)
  return service
}

/** The patterns of all services whose ARNs have this service part. */
export function arnPatternsOf(service: string): readonly ResourcePattern[] | undefined {
  return arnServices().get(service)
}

export function arnServiceNames(): Iterable<string> {
  return arnServices().keys()
}

function arnServices(): Map<string, ResourcePattern[]> {
  const all = services()
  if (all.arnServices !== undefined) return all.arnServices
  const byService = new Map<string, ResourcePattern[]>()
  for (const [prefix, line] of all.lines) {
    byService.set(prefix, byService.get(prefix) ?? [])
    for (const text of all.whole(line.split('\t')[1] ?? '').split(/[;,]/)) {
      if (text === '') continue
      const pattern = patternOf(text)
      const list = byService.get(pattern.service) ?? []
      list.push(pattern)
      byService.set(pattern.service, list)
    }
  }
  all.arnServices = byService
  return byService
}

function patternOf(text: string): ResourcePattern {
  const [service = '', region = '', account = '', ...resource] = text.split(':')
  return { service, region, account, resource: resource.join(':') }
}

function unpack(prefix: string, line: string): Service {
  const [head = '', resourceText = '', keyText = '', signatureText = '', actionText = ''] =
    line.split('\t')
  const resourceTypes = listOf(resourceText, ';').map((type) => type.split(',').map(patternOf))
  const keys = listOf(keyText, ';').map((text) => keyOf(prefix, text))
  const signatures = signatureText.split(';').map((text) => {
    const [typeIndexes = '', keyIndexes = ''] = text.split('|')
    return {
      resources: pick(resourceTypes, typeIndexes).flat(),
      keys: pick(keys, keyIndexes),
    }
  })
  const actions = new Map<string, ServiceAction>()
  let previous = ''
  for (const word of listOf(actionText, ' ')) {
    const [coded = '', signatureIndex = '0'] = word.split('.')
    const name = previous.slice(0, Number.parseInt(coded.slice(0, 1), 36)) + coded.slice(1)
    previous = name
    const signature = signatures[Number.parseInt(signatureIndex, 36)]
    const lower = name.toLowerCase()
    const { resources = [], keys: own = [] } = signature ?? {}
    actions.set(lower, { name, lower, resources, keys: own })
  }
  return { prefix, underRcps: head.endsWith('!'), resources: resourceTypes.flat(), keys, actions }
}

/** AWS's list calls them lists of strings, and its own examples and policies use StringEquals. */
const listedAsMany: ReadonlySet<string> = new Set(['events:detail-type'])

function keyOf(prefix: string, text: string): ConditionKey {
  const letter = text.slice(0, 1)
  const rest = text.slice(1)
  const name = rest.startsWith(':') ? prefix + rest : rest
  const multivalued = letter !== letter.toLowerCase() && !listedAsMany.has(name)
  return { name, type: types[letter.toLowerCase()] ?? 'string', multivalued }
}

const listOf = (text: string, separator: string): string[] =>
  text === '' ? [] : text.split(separator)

function pick<T>(items: readonly T[], indexes: string): T[] {
  return listOf(indexes, ',').flatMap((text) => {
    const item = items[Number.parseInt(text, 36)]
    return item === undefined ? [] : [item]
  })
}
