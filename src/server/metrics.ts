import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '../primitives/clock.ts'
import { liveSessions } from './live-sessions.ts'
import { entryOf, requestTallies } from './request-tallies.ts'

/**
 * What the service counts. Every function is called on the hot path, so a call only adds to plain numbers;
 * Prometheus's text is made when it is asked for.
 */
export interface Metrics {
  /** @param code - `OK` or the error's code */
  requestFinished(service: string, operation: string, code: string, seconds: number): void
  /** @param expiresAt - seconds since the epoch */
  sessionIssued(expiresAt: number): void
  storeCommit(seconds: number): void
  readonly contentType: string
  text(): Promise<string>
}

const requestBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const storeBuckets = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1]

const sortedAtOnce = 1_024

/** @param options.process - also tell of the process: memory, processor time, event loop */
export function metrics(clock: Clock, options: { readonly process: boolean }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Watching the process costs every request a little: it begins with the first look at the metrics.
  let watching = !options.process

  const requests = requestTallies()
  new Counter({
    name: 'watchword_requests_total',
    help: 'Requests answered, by service, operation and code (OK or the error code)',
    labelNames: ['service', 'operation', 'code'],
    registers,
    collect() {
      this.reset()
      for (const { labels, count } of requests.all()) this.inc(labels, count)
    },
  })
  const durations = new Histogram({
    name: 'watchword_request_duration_seconds',
    help: 'Time from the whole request to its answer, by service',
    labelNames: ['service'],
    buckets: requestBuckets,
    registers,
    collect() {
      for (const [service, seconds] of waiting) sortIn(service, seconds)
    },
  })
  // Sorted into buckets many at a time: one by one it costs each request several times as much.
  const waiting = new Map<string, number[]>()
  const sortIn = (service: string, seconds: number[]): void => {
    const known = durations.labels(service)
    for (const duration of seconds) known.observe(duration)
    seconds.length = 0
  }
  const commits = new Histogram({
    name: 'watchword_store_commit_duration_seconds',
    help: 'Time a durable write takes',
    buckets: storeBuckets,
    registers,
  })
  const sessions = liveSessions()
  let issued = 0
  new Gauge({
    name: 'watchword_live_sessions',
    help: 'Sessions issued by this process that have not expired, to the minute',
    registers,
    collect() {
      this.set(sessions.count(clock.now() / 1000))
    },
  })
  new Counter({
    name: 'watchword_sessions_issued_total',
    help: 'Sessions issued by this process',
    registers,
    collect() {
      this.reset()
      this.inc(issued)
    },
  })

  return {
    requestFinished(service, operation, code, seconds) {
      const tally = requests.of(service, operation, code)
      tally.count += 1
      const known = tally.labels.service
      const itsSeconds = entryOf(waiting, known, () => [])
      itsSeconds.push(seconds)
      if (itsSeconds.length >= sortedAtOnce) sortIn(known, itsSeconds)
    },
    sessionIssued(expiresAt) {
      issued += 1
      sessions.add(expiresAt, clock.now() / 1000)
    },
    storeCommit: (seconds) => commits.observe(seconds),
    contentType: registry.contentType,
    text() {
      if (!watching) collectDefaultMetrics({ register: registry })
      watching = true
      return registry.metrics()
    },
  }
}
