import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'

/** What each layer may import: other layers by folder, packages by name, `node:` modules by name. */
const layers: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  sigv4: ['node:crypto'],
  primitives: ['sigv4', 'node:crypto'],
  catalog: ['primitives'],
  wire: ['catalog'],
  store: ['primitives', 'node:*'],
  directory: ['store', 'primitives', 'policy', 'lru-cache'],
  request: ['directory', 'store', 'primitives', 'policy', 'sigv4', 'catalog', 'wire'],
  iam: ['request', 'directory', 'catalog', 'policy', 'primitives', 'node:*'],
  sts: ['request', 'directory', 'catalog', 'policy', 'primitives', 'node:zlib'],
  admin: ['request', 'directory', 'catalog', 'policy', 'primitives', 'valibot'],
  config: ['primitives', 'valibot', 'node:*'],
  server: ['request', 'admin', 'config', 'primitives', 'pino', 'prom-client', 'node:*'],
  cli: [
    'config',
    'server',
    'sigv4',
    'policy',
    'primitives',
    'watchword.ts',
    'commander',
    'pino',
    'node:*',
  ],
  'watchword.ts': ['*'],
  'testing.ts': ['watchword.ts', 'server', 'primitives', 'config'],
  'index.ts': ['watchword.ts', 'server', 'primitives', 'config'],
}

const root = resolve(import.meta.dirname, '..', 'src')

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture|contract)\.ts$/.test(name))
    .map((name) => join(folder, name))
}

const layerOf = (file: string): string => relative(root, file).split('/')[0] ?? ''

function importsOf(text: string): string[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

test('each layer imports only what its row of the table allows', () => {
  const wrong: string[] = []
  for (const file of sourceFiles(root)) {
    const layer = layerOf(file)
    const allowed = layers[layer]
    assert.ok(allowed, `src/${layer} has no row in the table of layers`)
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      const target = specifier.startsWith('.')
        ? layerOf(resolve(dirname(file), specifier))
        : specifier
      const fits =
        target === layer ||
        allowed.includes('*') ||
        allowed.includes(target) ||
        (target.startsWith('node:') && allowed.includes('node:*'))
      if (!fits) wrong.push(`${relative(root, file)} imports ${specifier}`)
    }
  }
  assert.deepEqual(wrong, [])
})

/** Folders where time, randomness and the environment may be taken from the process. */
const ambientAllowed = ['primitives', 'config']
const ambient = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b/

test('time, randomness and the environment come in only through primitives and config', () => {
  const wrong = sourceFiles(root)
    .filter((file) => !ambientAllowed.includes(layerOf(file)))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          ambient.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line)
            ? [`${relative(root, file)}:${index + 1} ${line.trim()}`]
            : [],
        ),
    )
  assert.deepEqual(wrong, [])
})

test('no file is longer than 300 lines unless it is generated', () => {
  const long = ['src', 'test', 'scripts', 'bench'].flatMap((folder) =>
    readdirSync(resolve(root, '..', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('generated/'))
      .map((name) => ({ name, text: readFileSync(resolve(root, '..', folder, name), 'utf8') }))
      .map(({ name, text }) => ({ name, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300)
      .map(({ name, lines }) => `${folder}/${name}: ${lines}`),
  )
  assert.deepEqual(long, [])
})
