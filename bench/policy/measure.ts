/** Timing in one process: engines take turns, so that a noisy machine hits them all alike. */
import { performance } from 'node:perf_hooks'
import { runInThisContext } from 'node:vm'
import type { Prepared } from './contender.ts'

/** What the last decision of a batch was, so that no batch is without use to the compiler. */
export let witness = ''

function runBatch(prepared: Prepared, requests: number, size: number): number {
  const start = performance.now()
  let last = ''
  for (let i = 0, at = 0; i < size; i++) {
    last = prepared.decide(at)
    if (++at === requests) at = 0
  }
  witness = last
  return performance.now() - start
}

/**
 * Runs a first decision that may take for ever.
 * @returns false when it was ended after `milliseconds`
 */
export function endsWithin(milliseconds: number, run: () => void): boolean {
  Reflect.set(globalThis, 'runBenchProbe', run)
  try {
    runInThisContext('runBenchProbe()', { timeout: milliseconds })
    return true
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw error
  } finally {
    Reflect.deleteProperty(globalThis, 'runBenchProbe')
  }
}

/** @returns the best of the rounds for each engine, in decisions a second */
export function decisionsPerSecond(
  engines: readonly Prepared[],
  requests: number,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): number[] {
  const sizes = engines.map((engine) => batchSize(engine, requests, milliseconds))
  const best = engines.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    for (const [i, engine] of engines.entries()) {
      const size = sizes[i] ?? 1
      const perSecond = (size / runBatch(engine, requests, size)) * 1000
      best[i] = Math.max(best[i] ?? 0, perSecond)
    }
  }
  return best
}

/** Also warms up: doubles the batch until it fills its time. */
function batchSize(engine: Prepared, requests: number, milliseconds: number): number {
  for (let size = requests; ; size *= 2) {
    const took = runBatch(engine, requests, size)
    if (took >= milliseconds / 2) return Math.max(1, Math.round((size * milliseconds) / took))
  }
}
