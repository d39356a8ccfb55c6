import { ApiError } from './api-error.ts'
import { patternOf } from './constraints.ts'
import type { OperationModel, ServiceModel, Shape } from './model.ts'

const name = 'must contain only alphanumeric characters and/or the following: +=,.@_-'
const path =
  'must begin and end with / and contain only alphanumeric characters and/or / characters.'
const pathPrefix =
  'must begin with the / character and contain only alphanumeric characters and/or / characters.'
const document = 'must contain only printable ASCII characters.'

/** Patterns of IAM whose breach AWS tells in a sentence of its own, once all else of the input is in order. */
const sentences: ReadonlyMap<string, string> = new Map([
  ['[\\w+=,.@-]+', name],
  ['(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)', path],
  ['((/[A-Za-z0-9\\.,\\+@=_-]+)*)/', path],
  ['\\u002F[\\u0021-\\u007F]*', pathPrefix],
  ['[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+', document],
])

const sentenceOf = (service: ServiceModel, { pattern }: Shape): string | undefined =>
  service.name === 'iam' && pattern !== undefined ? sentences.get(pattern) : undefined

/** Whether a pattern is left to `wordedFault`. */
export const isWorded = (service: ServiceModel, shape: Shape): boolean =>
  sentenceOf(service, shape) !== undefined

/** The first member of the input that breaks such a pattern. Members of structures and lists are not among them. */
export function wordedFault(
  { service, input: shape }: OperationModel,
  input: Readonly<Record<string, unknown>>,
): ApiError | undefined {
  if (service.name !== 'iam' || !shape) return undefined
  for (const { name, pattern, sentence } of wordedMembers(service, shape)) {
    const value = input[name]
    if (typeof value !== 'string' || pattern.test(value)) continue
    const field = `${name[0]?.toLowerCase()}${name.slice(1)}`
    return new ApiError(
      'ValidationError',
      `The specified value for ${field} is invalid. It ${sentence}`,
    )
  }
  return undefined
}

interface WordedMember {
  readonly name: string
  readonly pattern: RegExp
  readonly sentence: string
}

const wordedLists = new WeakMap<Shape, readonly WordedMember[]>()

function wordedMembers(service: ServiceModel, shape: Shape): readonly WordedMember[] {
  const known = wordedLists.get(shape)
  if (known) return known
  const members = Object.entries(shape.members ?? {}).flatMap(([name, shapeName]) => {
    const memberShape = service.shape(shapeName)
    const sentence = sentenceOf(service, memberShape)
    if (sentence === undefined) return []
    return [{ name, pattern: patternOf(memberShape.pattern ?? ''), sentence }]
  })
  wordedLists.set(shape, members)
  return members
}
