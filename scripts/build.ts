/** Makes `dist/`: compiled JavaScript, type declarations, and the data files beside them. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
// The compiler copies no data: whatever lies in a `generated` folder and is no TypeScript goes along.
for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
  if (!/(^|\/)generated\//.test(name) || name.endsWith('.ts')) continue
  const target = join(dist, name)
  if (!existsSync(target)) cpSync(join(root, 'src', name), target, { recursive: true })
}
chmodSync(join(dist, 'cli', 'main.js'), 0o755)
