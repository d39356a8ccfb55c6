/** Watchword as a library: read a configuration and start a service in this process. */
export type { Config } from './config/config.ts'
export { ConfigError } from './config/config-error.ts'
export { readConfig } from './config/read-config.ts'
export { type MovableClock, offsetClock, systemClock } from './primitives/clock.ts'
export { systemRandom } from './primitives/random.ts'
export { openLog } from './server/log.ts'
export {
  type FirstStart,
  type RunningWatchword,
  type Runtime,
  startWatchword,
} from './watchword.ts'
