/**
 * Watchword as a library: read a configuration and start a service in this process. For tests, `watchword/testing` is
 * shorter.
 *
 * @example
 * const { logger, flush } = openLog('info', 2)
 * const runtime = { clock: offsetClock(systemClock), random: systemRandom, log: logger }
 * const service = await startWatchword(readConfig({ data: './data' }, process.env), runtime)
 * await service.stop()
 * flush()
 */
export type { Config, LogLevel } from './config/config.ts'
export { ConfigError } from './config/config-error.ts'
export { type Flags, readConfig } from './config/read-config.ts'
export { type Clock, type MovableClock, offsetClock, systemClock } from './primitives/clock.ts'
export { type Random, systemRandom } from './primitives/random.ts'
export { type Log, openLog } from './server/log.ts'
export {
  type FirstStart,
  type RunningWatchword,
  type Runtime,
  startWatchword,
} from './watchword.ts'
