/**
 * Writes the catalogue of operations, shapes, constraints and error codes from AWS's service models.
 *
 *   node scripts/generate-catalog.ts [--check] [STS_MODEL IAM_MODEL]
 *
 * The models are botocore's `service-2.json` without prose. `--check` writes nothing and fails when the committed
 * catalogue is not what the models give.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogOf, type ServiceModel } from './catalog/compact-model.ts'
import { errorCodesOf } from './catalog/error-codes.ts'
import { typesOf } from './catalog/model-types.ts'

const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const modelOf = (service: string, path: string | undefined): ServiceModel =>
  JSON.parse(readFileSync(path ?? join(root, 'scripts', 'models', `${service}.json`), 'utf8'))

const models = { sts: modelOf('sts', paths[0]), iam: modelOf('iam', paths[1]) }
const files = new Map<string, string>([
  [
    'catalog.json',
    `${JSON.stringify({ sts: catalogOf(models.sts), iam: catalogOf(models.iam) })}\n`,
  ],
  ['error-codes.ts', errorCodesOf([models.sts, models.iam])],
  ['sts.ts', typesOf('Sts', models.sts)],
  ['iam.ts', typesOf('Iam', models.iam)],
])

let stale = 0
for (const [name, text] of files) {
  const path = join(root, 'src', 'catalog', 'generated', name)
  if (!check) writeFileSync(path, text)
  else if (readOrNothing(path) !== text) {
    stale++
    console.error(`src/catalog/generated/${name} is stale: run npm run generate`)
  }
}
process.exitCode = stale > 0 ? 1 : 0

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
