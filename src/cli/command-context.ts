import { clientSettings } from '../config/client-settings.ts'
import type { Clock } from '../primitives/clock.ts'
import type { Output } from './output.ts'
import { type ServiceClient, serviceClient } from './service-client.ts'

/** What every command is given: nothing is taken from the process behind its back. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly output: Output
  /** @param endpoint - of the command line, when it names one */
  client(endpoint: string | undefined): ServiceClient
}

export function commandContext(
  environment: CommandContext['environment'],
  clock: Clock,
  output: Output,
): CommandContext {
  return {
    environment,
    clock,
    output,
    client: (endpoint) => serviceClient(clientSettings(environment, endpoint), clock),
  }
}
