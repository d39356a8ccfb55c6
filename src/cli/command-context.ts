import type { Logger } from 'pino'
import { clientSettings } from '../config/client-settings.ts'
import type { Environment } from '../config/environment.ts'
import { type Clock, offsetClock, systemClock } from '../primitives/clock.ts'
import { systemRandom } from '../primitives/random.ts'
import type { Runtime } from '../watchword.ts'
import type { Output } from './output.ts'
import { type ServiceClient, serviceClient } from './service-client.ts'

/** What every command is given: nothing is taken from the process behind its back. */
export interface CommandContext {
  readonly environment: Environment
  readonly clock: Clock
  readonly output: Output
  /** @param endpoint - of the command line, when it names one */
  client(endpoint: string | undefined): ServiceClient
  runtime(log: Logger): Runtime
  /** Resolves when the process is asked to end. */
  stopped(): Promise<void>
  /** What the process ends with when the command is through, if not 0. */
  exitStatus(status: number): void
}

/** The part of a process that commands touch. */
interface HostProcess {
  readonly stdout: Output
  exitCode?: string | number | null | undefined
  readonly ppid?: number
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

/** The context of commands that run in a process. */
export function commandContext(environment: Environment, host: HostProcess): CommandContext {
  // Taken before the service is up: it may be asked to end as soon as it says that it is.
  const parent = host.ppid
  return {
    environment,
    clock: systemClock,
    output: host.stdout,
    client: (endpoint) => serviceClient(clientSettings(environment, endpoint), systemClock),
    runtime: (log) => ({ clock: offsetClock(systemClock), random: systemRandom, log }),
    stopped: () =>
      new Promise((resolve) => {
        host.once('SIGINT', resolve)
        host.once('SIGTERM', resolve)
        if (environment.npm_lifecycle_event === 'start') whenOrphaned(host, parent, resolve)
      }),
    exitStatus(status) {
      host.exitCode = status
    },
  }
}

const parentCheckMilliseconds = 500

/**
 * `npm start` that is told to end tells its shell, and not every shell tells what it runs: the service would go on
 * unseen, with its port and its data. What other scripts put into the background is meant to go on.
 */
function whenOrphaned(host: HostProcess, parent: number | undefined, then: () => void): void {
  const check = setInterval(() => {
    if (host.ppid === parent) return
    clearInterval(check)
    then()
  }, parentCheckMilliseconds)
  check.unref()
}
