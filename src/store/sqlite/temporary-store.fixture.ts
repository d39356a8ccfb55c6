import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import type { Store } from '../store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

/** A directory that goes away with the test, or with the test file when no test is given. */
export function temporaryDirectory(context?: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'watchword-store-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  if (context === undefined) after(remove)
  else context.after(remove)
  return directory
}

export function openTemporarySqlite(root: string): () => Promise<Store> {
  let opened = 0
  return async () => {
    opened += 1
    return openSqliteStore(join(root, String(opened)))
  }
}
