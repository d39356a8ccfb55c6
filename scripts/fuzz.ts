/**
 * `npm run fuzz`: documents and requests at random against the policy language, for a set time.
 * `--seconds 20` in all, `--seed N` to repeat. A failure prints its seed and the smallest case.
 */
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import {
  type AttachedPolicy,
  applyFix,
  contextKeysOf,
  decide,
  explain,
  lintPolicy,
  normalizePolicy,
  PolicyError,
  type PolicyKind,
  type PolicySources,
  parsePolicy,
  policyKinds,
} from '../src/policy/index.ts'
import { damagedText, documentText, hostileText } from './fuzz/documents.ts'
import { request } from './fuzz/requests.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string' } },
})
const seconds = Number(values.seconds)
const seed = values.seed === undefined ? (Date.now() & 0x7fffffff) | 0 : Number(values.seed)
if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new Error('--seconds or --seed is wrong')

/** Far above what any case takes: what is looked for grows with the square of its input. */
const longestMilliseconds = 2000
const kind = fc.constantFrom(...policyKinds)
const strictness = fc.constantFrom('store', 'evaluate')
const anyText = fc.oneof(documentText, damagedText, damagedText, hostileText)

function inTime<T>(run: () => T): T {
  const start = performance.now()
  const result = run()
  const took = performance.now() - start
  assert.ok(took < longestMilliseconds, `took ${took.toFixed(0)} ms`)
  return result
}

/** Any throw but a PolicyError is what the fuzzer is after. */
function orRefused<T>(run: () => T): T | undefined {
  try {
    return inTime(run)
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}

const attached = (text: string, as: PolicyKind): AttachedPolicy | undefined => {
  const policy = orRefused(() => parsePolicy(text, as, 'evaluate'))
  return policy && { name: as, policy }
}

const parsing = fc.property(anyText, kind, strictness, (text, as, strict) => {
  const policy = orRefused(() => parsePolicy(text, as, strict))
  orRefused(() => contextKeysOf(text))
  if (policy === undefined) return
  const normal = inTime(() => normalizePolicy(policy))
  assert.equal(normalizePolicy(parsePolicy(normal, as, 'evaluate')), normal)
})

const linting = fc.property(anyText, kind, (text, as) => {
  for (const { fix, line, column } of inTime(() => lintPolicy(text, as))) {
    assert.ok(line >= 1 && column >= 1)
    if (fix !== undefined) assert.equal(typeof applyFix(text, fix), 'string')
  }
})

const deciding = fc.property(
  request,
  fc.array(documentText, { maxLength: 6 }),
  fc.option(documentText),
  fc.option(documentText),
  fc.option(documentText),
  (asked, own, named, limit, organization) => {
    const identity = own.map((text) => attached(text, 'identity')).filter((p) => p !== undefined)
    const scp = organization === null ? undefined : attached(organization, 'scp')
    const sources: PolicySources = {
      identity,
      resource: named === null ? undefined : attached(named, 'resource'),
      boundary: limit === null ? undefined : attached(limit, 'boundary'),
      scps: scp && [[scp]],
    }
    const first = inTime(() => decide(asked, sources))
    const again = decide(asked, sources)
    const explained = inTime(() => explain(asked, sources))
    assert.equal(again.effect, first.effect)
    assert.equal(again.statement, first.statement)
    assert.equal(explained.effect, first.effect)
    assert.equal(explained.layer, first.layer)
  },
)

function check<T>(name: string, property: fc.IProperty<T>): void {
  const outcome = fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: (seconds * 1000) / 3,
  })
  console.log(`${name}: ${outcome.numRuns} cases`)
  if (!outcome.failed) return
  console.error(`failed with --seed ${seed}: ${JSON.stringify(outcome.counterexample)}`)
  console.error(outcome.errorInstance)
  process.exitCode = 1
}

console.log(`seed ${seed}, ${seconds} s`)
check('parsing', parsing)
check('linting', linting)
check('deciding', deciding)
