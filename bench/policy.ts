/**
 * `npm run bench:policy`: decisions a second of the policy engine, beside two others that are kept
 * for this alone. Each gets its best prepared form, and all must give the same answers first.
 * `--quick` takes less time for each figure. Exits with 1 when a bar is missed.
 */
import { performance } from 'node:perf_hooks'
import type { BenchSet } from './policy/bench-set.ts'
import { cedar } from './policy/cedar.ts'
import { conditionSets } from './policy/condition-sets.ts'
import type { Contender, Prepared } from './policy/contender.ts'
import { iamSimulate } from './policy/iam-simulate.ts'
import { decisionsPerSecond, endsWithin } from './policy/measure.ts'
import { plainSets } from './policy/plain-sets.ts'
import { watchword } from './policy/watchword.ts'

const quick = process.argv.includes('--quick')
const limits = quick ? { rounds: 2, milliseconds: 60 } : { rounds: 4, milliseconds: 250 }
const patience = quick ? 300 : 1000
const timesCedar = 20
const started = performance.now()

let missed = 0
const bar = (value: number, least: number | undefined): string => {
  if (least === undefined) return ''
  if (value < least) missed++
  return value < least ? ` MISSED (${least.toLocaleString('en')})` : ' ok'
}
const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2)

const rows = [['set', 'watchword/s', 'cedar-wasm/s', 'times', 'iam-simulate/s', 'times']]
for (const set of [...plainSets, ...conditionSets]) rows.push(measure(set))

const widths = (rows[0] ?? []).map((_, column) =>
  Math.max(...rows.map((row) => row[column]?.length ?? 0)),
)
for (const row of rows) {
  const cells = row.map((cell, i) =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
  )
  console.log(cells.join('  '))
}
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(`${missed === 0 ? 'all bars met' : `${missed} bars missed`}, ${seconds} s`)
process.exitCode = missed === 0 ? 0 : 1

function measure(set: BenchSet): string[] {
  const own = prepared(watchword, set)
  const others = [prepared(cedar, set), prepared(iamSimulate, set)]
  const running = [own, ...others].filter((engine) => typeof engine === 'object')
  const rates = decisionsPerSecond(running, set.requests.length, limits)
  const rate = rates[0] ?? 0
  const row = [set.name, number(rate) + bar(rate, set.atLeast)]
  const bars = [timesCedar, set.timesIamSimulate ?? 50]
  let next = 1
  for (const [i, engine] of others.entries()) {
    if (engine === undefined) row.push('cannot say', '')
    else if (engine === 'endless') {
      const least = rate / (1000 / patience)
      row.push(`under ${number(1000 / patience)}`, `over ${number(least)}${bar(least, bars[i])}`)
    } else {
      const theirs = rates[next++] ?? 0
      row.push(number(theirs), number(rate / theirs) + bar(rate / theirs, bars[i]))
    }
  }
  return row
}

/** Made ready, and found to give the set's own answers. */
function prepared(contender: Contender, set: BenchSet): Prepared | 'endless' | undefined {
  const engine = contender.prepare(set)
  if (engine === undefined) return undefined
  for (const [at, { expected }] of set.requests.entries()) {
    let answer = ''
    const ends = endsWithin(patience, () => {
      answer = engine.decide(at)
    })
    if (!ends) return 'endless'
    // Cedar does not tell why it denies.
    if (answer !== expected && (answer !== 'deny' || expected === 'allow')) {
      throw new Error(`${contender.name}, ${set.name}, request ${at}: ${answer}, not ${expected}`)
    }
  }
  return engine
}
