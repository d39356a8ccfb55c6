import type { ServiceName } from '../catalog/model.ts'
import type { Clock } from '../primitives/clock.ts'
import type { AuthenticationRules } from './authenticate.ts'
import type { notBuilt, Operation } from './operation.ts'
import type { CallerPolicyFinder } from './policy-sources.ts'
import type { Services } from './services.ts'

/** Everything that answering a request takes; made once, in the composition root. */
export interface Pipeline {
  readonly services: Services
  readonly clock: Clock
  readonly rules: AuthenticationRules
  readonly policiesOf: CallerPolicyFinder
  /** By service and operation name. */
  readonly operations: Readonly<
    Record<ServiceName, Readonly<Record<string, Operation | typeof notBuilt>>>
  >
  readonly log: PipelineLog
  readonly observer: RequestObserver
}

/** What the pipeline needs of a logger: pino's form. */
export interface PipelineLog {
  info(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Told of every finished request, for metrics and the log. Called on the hot path: it must cost next to nothing. */
export interface RequestObserver {
  requestFinished(request: FinishedRequest): void
  /** Does what was put off: asked when there is nothing else to do for a moment. Must not throw. */
  catchUp(): void
}

/** What is known of a request once it is answered. */
export interface FinishedRequest {
  readonly requestId: string
  /** `unknown` when the request named none. */
  readonly service: string
  readonly operation: string
  readonly status: number
  /** The error's code; undefined when the operation was done. */
  readonly code: string | undefined
  /** The ARN of who signed, as far as that was found out. */
  readonly caller: string | undefined
  readonly seconds: number
}
