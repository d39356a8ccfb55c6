import type { OperationInputs } from '../../catalog/operations.ts'
import { isBase64 } from '../../policy/condition/base64.ts'
import { parseDate } from '../../policy/condition/date.ts'
import { parseIpAddress } from '../../policy/condition/ip.ts'
import { invalidInput } from '../errors.ts'

type Entry = NonNullable<OperationInputs['SimulateCustomPolicy']['ContextEntries']>[number]
type ScalarType = 'string' | 'numeric' | 'boolean' | 'ip' | 'binary' | 'date'

/** Context values given for a simulation; keys in lower case. */
export interface SuppliedContext {
  readonly values: ReadonlyMap<string, string | readonly string[]>
  /** Keys whose type is a list: they need a set operator, as the keys that AWS documents as multivalued. */
  readonly multivalued: ReadonlySet<string>
}

/**
 * Reads ContextEntries. An entry without any member is ignored, as AWS ignores it.
 * @throws ApiError InvalidInput with AWS's text
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html
 */
export function readContextEntries(entries: readonly Entry[] = []): SuppliedContext {
  const values = new Map<string, string | readonly string[]>()
  const multivalued = new Set<string>()
  for (const entry of entries) {
    if (isEmpty(entry)) continue
    const { ContextKeyName: name, ContextKeyType: type, ContextKeyValues: given = [] } = entry
    if (!name) throw invalidInput('ContextKeyName cannot be null or empty.')
    if (type === undefined) throw invalidInput(`Context key ${name} has invalid type null.`)
    const [first] = given
    if (first === undefined) {
      throw invalidInput(`Context values for context key ${name} cannot be null or empty.`)
    }
    const key = name.toLowerCase()
    if (values.has(key)) throw invalidInput(`Duplicate context key: ${name}.`)
    const isList = type.endsWith('List')
    if (!isList && given.length > 1) {
      const message = `Context key ${type} expected a single value, but received ${given.length}.`
      throw invalidInput(message)
    }
    checkValues(name, (isList ? type.slice(0, -'List'.length) : type) as ScalarType, given)
    if (isList) multivalued.add(key)
    values.set(key, isList ? given : first)
  }
  return { values, multivalued }
}

const isEmpty = ({ ContextKeyName, ContextKeyType, ContextKeyValues }: Entry): boolean =>
  ContextKeyName === undefined &&
  ContextKeyType === undefined &&
  (ContextKeyValues === undefined || ContextKeyValues.length === 0)

interface Format {
  readonly name: string
  readonly accepts: (value: string) => boolean
}

/** A boolean may be any text (all but `true` is false), and so may a string. */
const formats: Readonly<Partial<Record<ScalarType, Format>>> = {
  numeric: {
    name: 'numeric format',
    accepts: (value) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value),
  },
  date: { name: 'DateTime format', accepts: (value) => parseDate(value) !== undefined },
  ip: {
    name: 'IP address',
    accepts: (value) => parseIpAddress(value) !== undefined,
  },
  binary: {
    name: 'base-64 encoded binary format',
    accepts: isBase64,
  },
}

function checkValues(name: string, type: ScalarType, values: readonly string[]): void {
  const format = formats[type]
  if (!format) return
  for (const value of values) {
    if (!format.accepts(value)) {
      throw invalidInput(`Invalid context value for key ${name}: expected ${format.name}.`)
    }
  }
}
