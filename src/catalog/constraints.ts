import type { Shape } from './model.ts'

const notNull = 'Member must not be null'

/** Lists of tag keys were seen to say that a key must be there; lists of documents were seen not to. */
const tagKeyPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'

/** AWS's words for each kind of constraint. */
export const constraintTexts = {
  minLength: (n: number) => `Member must have length greater than or equal to ${n}`,
  maxLength: (n: number) => `Member must have length less than or equal to ${n}`,
  minValue: (n: number) => `Member must have value greater than or equal to ${n}`,
  maxValue: (n: number) => `Member must have value less than or equal to ${n}`,
  pattern: (text: string) => `Member must satisfy regular expression pattern: ${text}`,
  oneOf: (values: readonly string[]) =>
    `Member must satisfy enum value set: [${values.join(', ')}]`,
  /** All that a list asks of its elements, in the order of AWS's answers. */
  whole({ max, min, pattern, enum: values }: Shape): string[] {
    const texts: string[] = []
    if (max !== undefined) texts.push(constraintTexts.maxLength(max))
    if (min !== undefined) texts.push(constraintTexts.minLength(min))
    if (pattern !== undefined) texts.push(constraintTexts.pattern(pattern))
    if (values) texts.push(constraintTexts.oneOf(enumOrder(values)))
    if (pattern === tagKeyPattern) texts.push(notNull)
    // Where nothing else is asked only a hole fails.
    if (texts.length === 0) texts.push(notNull)
    return texts
  },
}

/** AWS prints an enumeration in the order of a hash table; this one was seen, the others follow the model. */
const seenOrder = ['LocalManagedPolicy', 'User', 'AWSManagedPolicy', 'Role', 'Group']

export const enumOrder = (values: readonly string[]): readonly string[] =>
  values.length === seenOrder.length && values.every((value) => seenOrder.includes(value))
    ? seenOrder
    : values

const compiled = new Map<string, RegExp>()

/**
 * A pattern of the model as a test of a whole value. Java reads `\u10000-\u10FFFF` as escapes of four digits, so
 * characters beyond the basic plane fail there; without the `u` flag they do here too. Only `\p{…}` needs the flag.
 */
export function patternOf(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  const flags = pattern.includes('\\p{') ? 'u' : ''
  // In `u` mode an escape that means nothing is an error, where Java takes the character itself.
  const mended = flags === 'u' ? pattern.replace(/\\([-@:/])/g, escapeInClass) : pattern
  const expression = new RegExp(`^(?:${mended})$`, flags)
  compiled.set(pattern, expression)
  return expression
}

const escapeInClass = (_match: string, character: string): string =>
  character === '-' ? '\\-' : character === '/' ? '\\/' : character
