/**
 * Makes `dist/`: compiled JavaScript, type declarations, and the data files beside them. Built aside and put in place at
 * the end, so that a service that starts meanwhile finds either the old build or the new one.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const draft = mkdtempSync(join(root, 'dist-'))

try {
  execFileSync(
    join(root, 'node_modules', '.bin', 'tsc'),
    ['-p', 'tsconfig.build.json', '--outDir', draft],
    { cwd: root, stdio: 'inherit' },
  )
  // The compiler copies no data: whatever lies in a `generated` folder and is no TypeScript goes along.
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!/(^|\/)generated\//.test(name) || name.endsWith('.ts')) continue
    const target = join(draft, name)
    if (!existsSync(target)) cpSync(join(root, 'src', name), target, { recursive: true })
  }
  chmodSync(join(draft, 'cli', 'main.js'), 0o755)
  chmodSync(draft, 0o755)
  rmSync(dist, { recursive: true, force: true })
  renameSync(draft, dist)
} finally {
  rmSync(draft, { recursive: true, force: true })
}
