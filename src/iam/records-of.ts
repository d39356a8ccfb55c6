import type { Records } from '../directory/account-records.ts'
import type { WriteScope } from '../request/operation.ts'
import type { Scope } from '../request/scope.ts'

/** The newest records that an operation may see: a write's own, else the committed ones. */
export const recordsOf = (scope: Scope | WriteScope): Records =>
  'tx' in scope ? scope.tx : scope.records

/** Whether a look-up finds anything; it reads no further than the first. */
export function isAny(found: Iterable<unknown>): boolean {
  for (const _one of found) return true
  return false
}

/** What lies under a path, as the `PathPrefix` of lists asks; read as far as it is wanted. */
export const underPath = <T extends { readonly path: string }>(
  found: Iterable<T>,
  pathPrefix: string,
): Iterable<T> => Iterator.from(found).filter(({ path }) => path.startsWith(pathPrefix))
