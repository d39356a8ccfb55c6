import type { Scope } from '../../request/scope.ts'
import { type PageEnd, type PageInput, paged, pageEnd } from '../paging.ts'

/**
 * The end of a list that is always empty.
 * @param selection - as for `paged`
 * @throws ApiError ValidationError for a marker: an empty list never gave one
 */
export function emptyPage(
  operation: string,
  selection: string,
  input: PageInput,
  scope: Scope,
): PageEnd {
  const noItems = (): Iterable<string> => []
  return pageEnd(paged(scope, operation, selection, input, noItems, String))
}
