import { createHash } from 'node:crypto'
import { ApiError } from '../catalog/api-error.ts'
import type { Scope } from '../request/scope.ts'

/**
 * Paging of the List operations. A marker is the key of the last item shown, bound to the account, the operation
 * and what was selected: the next page begins after that key, even when its item is gone by then.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
 */
export interface PageInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** What tells a caller whether there is more; `Marker` asks for it. */
export interface PageEnd {
  readonly IsTruncated: boolean
  readonly Marker?: string | undefined
}

/** The items of one page, and its end. */
export interface Page<T> extends PageEnd {
  readonly page: T[]
}

const defaultMaxItems = 100
/** So long a marker may be in a request. */
const longestMarker = 320
const bindingLength = 9

const invalidMarker = (): ApiError => new ApiError('ValidationError', 'Invalid Marker.')

/**
 * One page of a list that may be long.
 * @param selection - what narrows the list, defaults filled in: a marker holds only for the same selection
 * @param from - the items in the order of their keys, those after a key only when one is given
 * @param keyOf - 230 bytes at most
 * @throws ApiError ValidationError for a marker that this operation did not give for this selection
 */
export function paged<T>(
  scope: Scope,
  operation: string,
  selection: unknown,
  input: PageInput,
  from: (after: string | undefined) => Iterable<T>,
  keyOf: (item: T) => string,
  badMarker: () => ApiError = invalidMarker,
): Page<T> {
  const binding = bindingOf(scope.account, operation, selection)
  const after = input.Marker === undefined ? undefined : readMarker(input.Marker, binding)
  if (input.Marker !== undefined && after === undefined) throw badMarker()

  const limit = input.MaxItems ?? defaultMaxItems
  const page: T[] = []
  for (const item of from(after)) {
    // One more than asked was found, so there is a next page.
    if (page.length === limit) {
      return { page, IsTruncated: true, Marker: writeMarker(keyOf(page[limit - 1] as T), binding) }
    }
    page.push(item)
  }
  return { page, IsTruncated: false }
}

/** The same for a list so short that it is simply sorted by key each time. */
export function pagedShort<T>(
  scope: Scope,
  operation: string,
  selection: unknown,
  input: PageInput,
  items: Iterable<T>,
  keyOf: (item: T) => string,
): Page<T> {
  const sorted = [...items].sort((a, b) => compare(keyOf(a), keyOf(b)))
  const from = (after: string | undefined): Iterable<T> =>
    after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after)
  return paged(scope, operation, selection, input, from, keyOf)
}

/** By code unit, as the records are ordered. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The end of a page as the answer carries it. */
export const pageEnd = ({ IsTruncated, Marker }: PageEnd): PageEnd =>
  Marker === undefined ? { IsTruncated } : { IsTruncated, Marker }

function bindingOf(account: string, operation: string, selection: unknown): Buffer {
  const bound = JSON.stringify([account, operation, selection])
  return createHash('sha256').update(bound).digest().subarray(0, bindingLength)
}

function writeMarker(key: string, binding: Buffer): string {
  const marker = Buffer.concat([binding, Buffer.from(key)]).toString('base64url')
  if (marker.length > longestMarker) throw new Error(`${key} is too long to page by.`)
  return marker
}

function readMarker(marker: string, binding: Buffer): string | undefined {
  const bytes = Buffer.from(marker, 'base64url')
  if (bytes.length <= bindingLength || bytes.toString('base64url') !== marker) return undefined
  return bytes.subarray(0, bindingLength).equals(binding)
    ? bytes.toString('utf8', bindingLength)
    : undefined
}
