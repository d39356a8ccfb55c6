import type { Config } from './config/config.ts'
import { ConfigError } from './config/config-error.ts'
import { readConfig } from './config/read-config.ts'
import { readRootKey } from './config/root-key-file.ts'
import { clockAt, type MovableClock, offsetClock, systemClock } from './primitives/clock.ts'
import { systemRandom } from './primitives/random.ts'
import { openLog } from './server/log.ts'
import { type RunningWatchword, startWatchword as start } from './watchword.ts'

export type { MovableClock } from './primitives/clock.ts'

/** How a test's service differs from an empty one in memory. */
export interface TestServiceOptions {
  /** The first account; 123456789012 unless given. Data that is there already keeps its own. */
  readonly account?: string | undefined
  /** 0, any free port, unless given. */
  readonly port?: number | undefined
  /** Keep state in this directory; in memory unless given. A later service finds it there, with the same root key. */
  readonly data?: string | undefined
  /** Where the clock stands still at first, ISO 8601; it runs with the system's unless given. */
  readonly now?: string | undefined
}

/** A development service inside the test's own process. */
export interface TestService extends AsyncDisposable {
  /** `http://127.0.0.1:49152`: what a client takes as its endpoint. */
  readonly endpoint: string
  /** The account's id, twelve digits. */
  readonly account: string
  /** The account's root key, in the form of an SDK's `credentials`. */
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /**
   * `advance({ seconds })` lets credentials expire without waiting. Clients that do not follow it are still understood,
   * unless `now` was given.
   */
  readonly clock: MovableClock
  /** Finishes what is running and closes the socket; what was in memory is gone. */
  stop(): Promise<void>
}

/**
 * Starts what `watchword serve --dev` starts, in this process: an empty account and its root key. It logs nothing.
 *
 * @returns once it listens, on 127.0.0.1 only
 * @throws ConfigError for an option that does not fit; StoreLocked, StoreCorrupt or
 *   StoreUnavailable for a directory that cannot be used; an Error for a port that is taken
 *
 * @example
 * const ww = await startWatchword()
 * process.env.AWS_ENDPOINT_URL = ww.endpoint
 * ww.clock.advance({ seconds: 3600 })
 * await ww.stop()
 */
export async function startWatchword(options: TestServiceOptions = {}): Promise<TestService> {
  const { account = '123456789012', port = 0, data, now } = options
  if (now !== undefined && Number.isNaN(Date.parse(now))) {
    const problem = `now is "${now}": give a time in ISO 8601, such as 2026-01-01T00:00:00Z.`
    throw new ConfigError([problem])
  }
  const config: Config = readConfig(
    {
      dev: true,
      account,
      port: String(port),
      logLevel: 'silent',
      ...(data === undefined ? { memory: true } : { data }),
    },
    {},
  )
  const clock = now === undefined ? offsetClock(systemClock) : clockAt(now)
  const { logger } = openLog('silent', 2)
  const service: RunningWatchword = await start(config, {
    clock,
    random: systemRandom,
    log: logger,
  })
  const { firstStart, endpoint, stop } = service
  const kept = data === undefined || firstStart ? undefined : readRootKey(data)
  const root = firstStart ? { account: firstStart.id, ...firstStart.rootKey } : kept
  if (!root) {
    await stop()
    throw new Error(`The data in ${data} has no root key file; use an empty directory.`)
  }
  const { accessKeyId, secretAccessKey } = root
  const rootKey = { accessKeyId, secretAccessKey }
  return { endpoint, account: root.account, rootKey, clock, stop, [Symbol.asyncDispose]: stop }
}
