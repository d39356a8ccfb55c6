/**
 * Makes `dist/`: JavaScript with its modules joined, type declarations, and the data files in their places. Joined,
 * because loading hundreds of small modules would take most of a start. Built aside and put in place at the end, so
 * that a service that starts meanwhile finds either the old build or the new one.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')
const dist = join(root, 'dist')
const draft = mkdtempSync(join(root, 'dist-'))
const old = `${draft}-old`

/** What is loaded by its path: the package's subpaths, its command, and the thread of the store. */
const entries = [
  'index.ts',
  'policy/index.ts',
  'sigv4/index.ts',
  'testing.ts',
  'cli/main.ts',
  'store/sqlite/write-worker.ts',
]

/** A joined module lies in the root of `dist`; what it finds beside its source is still in the source's folder. */
const besideSource: Plugin = {
  name: 'beside-source',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const name = relative(source, path)
      const text = readFileSync(path, 'utf8')
      if (entries.includes(name) || !text.includes('import.meta.url')) return undefined
      const url = `new URL('${name.replace(/\.ts$/, '.js')}', import.meta.url).href`
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', url) }
    })
  },
}

try {
  const typescript = join(root, 'node_modules', '.bin', 'tsc')
  const declarations = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', draft]
  execFileSync(typescript, declarations, { cwd: root, stdio: 'inherit' })
  await build({
    entryPoints: entries.map((name) => join(source, name)),
    outbase: source,
    outdir: draft,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    plugins: [besideSource],
    logLevel: 'warning',
  })
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    // The catalogue's JSON has been joined in; files of any other kind are read where they lie.
    if (!/(^|\/)generated\//.test(name) || /\.(ts|json)$/.test(name)) continue
    cpSync(join(source, name), join(draft, name), { recursive: true })
  }
  chmodSync(join(draft, 'cli', 'main.js'), 0o755)
  chmodSync(draft, 0o755)
  // Out of the way by a rename: deleting takes long enough for a start to find half a build.
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(draft, dist)
} finally {
  rmSync(draft, { recursive: true, force: true })
  rmSync(old, { recursive: true, force: true })
}
