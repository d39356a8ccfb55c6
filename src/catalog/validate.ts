import { ApiError } from './api-error.ts'
import { constraintTexts, enumOrder, patternOf } from './constraints.ts'
import type { OperationModel, ServiceModel, Shape } from './model.ts'
import { isWorded, wordedFault } from './worded-constraints.ts'

/** AWS lists no more clauses than this, and says that there are so many. */
const mostClauses = 10

/**
 * Checks an input against the constraints of its shape, in the model's order.
 *
 * @returns undefined, or a ValidationError in AWS's wording with up to ten clauses
 */
export function validate(operation: OperationModel, input: unknown): ApiError | undefined {
  if (!operation.input) return undefined
  const clauses: string[] = []
  checkStructure(operation.service, operation.input, input as Members, '', clauses)
  if (clauses.length === 0) return wordedFault(operation, input as Members)
  const shown = clauses.slice(0, mostClauses)
  const errors = shown.length === 1 ? 'error' : 'errors'
  return new ApiError(
    'ValidationError',
    `${shown.length} validation ${errors} detected: ${shown.join('; ')}`,
  )
}

type Members = Readonly<Record<string, unknown>>

function checkStructure(
  service: ServiceModel,
  shape: Shape,
  value: Members,
  path: string,
  clauses: string[],
): void {
  for (const member of membersOf(service, shape)) {
    if (clauses.length >= mostClauses) return
    const given = value[member.name]
    if (given !== undefined && !isEmptyStructure(member.shape, given)) {
      check(service, member.shape, given, path + member.printed, clauses)
    } else if (member.required) clauses.push(nullClause(service, path + member.printed))
  }
}

interface Member {
  readonly name: string
  /** As messages name it: the first letter in lower case. */
  readonly printed: string
  readonly required: boolean
  readonly shape: Shape
}

const memberLists = new WeakMap<Shape, readonly Member[]>()

function membersOf(service: ServiceModel, shape: Shape): readonly Member[] {
  const known = memberLists.get(shape)
  if (known) return known
  const members = memberOrder(shape).map(([name, shapeName]) => ({
    name,
    printed: `${name[0]?.toLowerCase()}${name.slice(1)}`,
    required: shape.required?.includes(name) === true,
    shape: service.shape(shapeName),
  }))
  memberLists.set(shape, members)
  return members
}

/** Inside a tag AWS reports the value before the key. */
function memberOrder(shape: Shape): [string, string][] {
  const members = Object.entries(shape.members ?? {})
  return members.length === 2 && members[0]?.[0] === 'Key' && members[1]?.[0] === 'Value'
    ? members.reverse()
    : members
}

function check(
  service: ServiceModel,
  shape: Shape,
  value: unknown,
  at: string,
  clauses: string[],
): void {
  switch (shape.type) {
    case 'structure':
      if (isEmptyStructure(shape, value) && mustHoldSomething(shape)) {
        clauses.push(nullClause(service, at))
      } else checkStructure(service, shape, value as Members, `${at}.`, clauses)
      return
    case 'list':
      checkList(service, shape, value as readonly unknown[], at, clauses)
      return
    case 'string':
    case 'integer':
      for (const constraint of failures(
        shape,
        value as string | number,
        isWorded(service, shape),
      )) {
        clauses.push(clause(service, shape, value, at, constraint))
      }
      return
    case 'map':
      return
    default:
  }
}

/** A structure with no member set counts as one that was not sent, as in `TaskPolicyArn=`. */
const isEmptyStructure = (shape: Shape, value: unknown): boolean =>
  shape.type === 'structure' && (value === null || Object.keys(value as Members).length === 0)

/**
 * An empty element of a list fails by its required members; without any it counts as null. AWS ignores an empty
 * context entry of its policy simulator.
 */
const mustHoldSomething = ({ required, members = {} }: Shape): boolean =>
  required === undefined && !Object.hasOwn(members, 'ContextKeyName')

function checkList(
  service: ServiceModel,
  shape: Shape,
  list: readonly unknown[],
  at: string,
  clauses: string[],
): void {
  const element = service.shape(shape.member ?? '')
  if (shape.max !== undefined && list.length > shape.max) {
    clauses.push(clause(service, shape, list, at, constraintTexts.maxLength(shape.max)))
  }
  if (shape.min !== undefined && list.length < shape.min) {
    clauses.push(clause(service, shape, list, at, constraintTexts.minLength(shape.min)))
  }
  if (element.type === 'structure' || element.type === 'list') {
    for (let n = 0; n < list.length && clauses.length < mostClauses; n++) {
      // A hole in a list of structures is an empty structure, and fails by what it lacks.
      check(service, element, list[n] ?? {}, `${at}.${n + 1}.member`, clauses)
    }
    return
  }
  const fails = (item: unknown): boolean =>
    item === undefined || item === null || failures(element, item as string | number).length > 0
  if (list.some(fails)) {
    const contract = constraintTexts.whole(element)
    clauses.push(
      clause(service, shape, list, at, `Member must satisfy constraint: [${contract.join(', ')}]`),
    )
  }
}

/** What a string or number fails, pattern first and lengths after it. */
function failures(shape: Shape, value: string | number, exceptPattern = false): readonly string[] {
  const failed: string[] = []
  if (typeof value === 'number') {
    if (shape.min !== undefined && value < shape.min)
      failed.push(constraintTexts.minValue(shape.min))
    if (shape.max !== undefined && value > shape.max)
      failed.push(constraintTexts.maxValue(shape.max))
    return failed
  }
  if (shape.enum && !shape.enum.includes(value)) {
    failed.push(constraintTexts.oneOf(enumOrder(shape.enum)))
  }
  if (shape.pattern !== undefined && !exceptPattern && !patternOf(shape.pattern).test(value)) {
    failed.push(constraintTexts.pattern(shape.pattern))
  }
  const length = countCodePoints(value)
  if (shape.max !== undefined && length > shape.max)
    failed.push(constraintTexts.maxLength(shape.max))
  if (shape.min !== undefined && length < shape.min)
    failed.push(constraintTexts.minLength(shape.min))
  return failed
}

/** Lengths are counted in code points. */
function countCodePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit <= 0xdbff) {
      const next = text.charCodeAt(at + 1)
      if (next >= 0xdc00 && next <= 0xdfff) at++
    }
    count++
  }
  return count
}

const nullClause = (service: ServiceModel, at: string): string =>
  service.name === 'iam'
    ? `Value at '${at}' failed to satisfy constraint: Member must not be null`
    : `Value null at '${at}' failed to satisfy constraint: Member must not be null`

/** STS shows the value unless it is a secret; IAM shows none. */
function clause(
  service: ServiceModel,
  shape: Shape,
  value: unknown,
  at: string,
  constraint: string,
): string {
  const hidden = service.name === 'iam' || shape.sensitive === true || isSecretList(service, shape)
  const shown = hidden ? '' : ` '${printed(value)}'`
  return `Value${shown} at '${at}' failed to satisfy constraint: ${constraint}`
}

const isSecretList = (service: ServiceModel, shape: Shape): boolean =>
  shape.member !== undefined && service.shape(shape.member).sensitive === true

function printed(value: unknown): string {
  if (!Array.isArray(value)) return String(value)
  const items = value.map((item) =>
    typeof item === 'object' && item !== null ? printedStructure(item) : String(item),
  )
  return `[${items.join(', ')}]`
}

const printedStructure = (value: object): string =>
  `{${Object.entries(value)
    .map(([name, member]) => `${name}=${printed(member)}`)
    .join(', ')}}`
