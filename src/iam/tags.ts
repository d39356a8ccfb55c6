import { ApiError } from '../catalog/api-error.ts'
import type { Tag } from '../directory/records/tag.ts'
import type { Scope } from '../request/scope.ts'
import { invalidInput } from './errors.ts'
import { type PageEnd, type PageInput, paged, pageEnd } from './paging.ts'
import { quotas } from './quotas.ts'

/**
 * Tags of every kind of entity. Lengths, characters and the fifty of one request were checked by the model.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_naming-rules-and-requirements
 */
export interface TagRules {
  /** Users and roles know a key in one case only; other entities keep `Team` beside `team`. */
  readonly ignoreCase: boolean
}

export const userTagRules: TagRules = { ignoreCase: true }
export const roleTagRules: TagRules = { ignoreCase: true }
export const policyTagRules: TagRules = { ignoreCase: false }
export const instanceProfileTagRules: TagRules = { ignoreCase: false }

const foldKey = (key: string, { ignoreCase }: TagRules): string =>
  ignoreCase ? key.toLowerCase() : key

/**
 * Refuses keys that AWS reserves, then repeated keys; AWS reports them in this order.
 * @throws ApiError InvalidInput
 */
export function checkTags(tags: readonly Tag[], rules: TagRules): void {
  if (tags.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) {
    throw invalidInput('Tag keys beginning with aws: are reserved for system use.')
  }
  if (new Set(tags.map(({ Key }) => foldKey(Key, rules))).size < tags.length) {
    const note = rules.ignoreCase ? ' Please note that Tag keys are case insensitive.' : ''
    throw invalidInput(`Duplicate tag keys found.${note}`)
  }
}

/** A Tag operation that brings no tag. The space at the end is AWS's. */
export const noTagsGiven = (): ApiError => invalidInput('Error occurred while validating input. ')

/**
 * The tags after a Tag operation: a known key takes the new value and, where case is ignored, the new spelling.
 * @throws ApiError LimitExceeded when there would be more than fifty
 */
export function mergeTags(
  existing: readonly Tag[],
  added: readonly Tag[],
  rules: TagRules,
): readonly Tag[] {
  const merged = new Map(existing.map((tag) => [foldKey(tag.Key, rules), tag]))
  for (const { Key, Value } of added) merged.set(foldKey(Key, rules), { Key, Value })
  if (merged.size > quotas.TagsPerEntity) {
    throw new ApiError('LimitExceeded', 'The number of tags has reached the maximum limit.')
  }
  return [...merged.values()]
}

/** The tags after an Untag operation. Keys that are not there, repeated or reserved do no harm. */
export function removeTags(
  existing: readonly Tag[],
  keys: readonly string[],
  rules: TagRules,
): readonly Tag[] {
  const removed = new Set(keys.map((key) => foldKey(key, rules)))
  return existing.filter(({ Key }) => !removed.has(foldKey(Key, rules)))
}

type TagOrder = (a: Tag, b: Tag) => number

const byKey: TagOrder = (a, b) => (a.Key < b.Key ? -1 : 1)

/** How AWS was seen to list the tags of managed policies: `z` before `abc`. */
export const shortestKeyFirst: TagOrder = (a, b) => a.Key.length - b.Key.length || byKey(a, b)

/**
 * One page of an entity's tags, sorted by key as AWS documents it. A key may be too long for a marker, so the
 * marker is a position.
 */
export function listTags(
  scope: Scope,
  operation: string,
  entityId: string,
  input: PageInput,
  tags: readonly Tag[],
  order: TagOrder = byKey,
): PageEnd & { readonly Tags: readonly Tag[] } {
  const sorted = tags.toSorted(order).map((tag, position) => ({ tag, position: position + 1 }))
  const { page, ...end } = paged(
    scope,
    operation,
    entityId,
    input,
    (after) => sorted.slice(Number(after ?? 0)),
    ({ position }) => String(position),
  )
  return { Tags: page.map(({ tag }) => tag), ...pageEnd(end) }
}
