import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from '../config/config.ts'
import { type Clock, systemClock } from '../primitives/clock.ts'
import { lineWriter } from './line-writer.ts'
import { maskSecrets } from './mask-secrets.ts'

/** JSON lines, buffered and written when there is time; `flush` before the process ends. */
export interface Log {
  readonly logger: Logger
  /** Writes what is buffered, at once. */
  flush(): void
}

const heldCharacters = 16 * 1024 * 1024

/**
 * A log to a file descriptor.
 *
 * @param level - the least grave lines that are written; `silent` writes none
 * @param fileDescriptor - 1 is standard output, 2 standard error
 */
export function openLog(level: LogLevel, fileDescriptor: number): Log {
  const time = timestamps(systemClock)
  const lines = lineWriter({
    fileDescriptor,
    heldCharacters,
    lossLine: (lost) =>
      `{"level":"warn"${time()},"lost":${lost},"msg":"log lines were lost: they could not be written in time"}\n`,
  })
  return { logger: makeLogger(level, lines), flush: () => lines.flush() }
}

/** The logger on any stream; tests read what it writes. */
export function makeLogger(level: LogLevel, stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: timestamps(systemClock),
      formatters: { level: (label) => ({ level: label }), log: maskSecrets },
    },
    stream,
  )
}

/** The `time` of a line as pino puts it in; lines of the same millisecond share its text. */
export function timestamps(clock: Clock): () => string {
  let last = Number.NaN
  let text = ''
  return () => {
    const now = clock.now()
    if (now !== last) {
      last = now
      text = `,"time":"${new Date(now).toISOString()}"`
    }
    return text
  }
}
