import type { DatabaseSync } from 'node:sqlite'

/** The one number a statement gives, 0 for null. */
export function selectNumber(database: DatabaseSync, sql: string): number {
  const row = database.prepare(sql).get()
  return Number(Object.values(row ?? {})[0] ?? 0)
}
