import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'
import type { LogLevel } from '../config/config.ts'
import { maskSecrets } from './mask-secrets.ts'

/** JSON lines, buffered and written when there is time; `flush` before the process ends. */
export interface Log {
  readonly logger: Logger
  /** Writes what is buffered, at once. */
  flush(): void
}

/** A log to a file descriptor: 1 is standard output, 2 standard error. */
export function openLog(level: LogLevel, fileDescriptor: number): Log {
  const stream = destination({
    dest: fileDescriptor,
    sync: false,
    minLength: 4096,
    periodicFlush: 200,
  })
  return {
    logger: makeLogger(level, stream),
    flush: () => {
      try {
        stream.flushSync()
      } catch {
        // Nothing was open yet, or the reader of a pipe is gone: there is nobody left to tell.
      }
    },
  }
}

/** The logger on any stream; tests read what it writes. */
export function makeLogger(level: LogLevel, stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: maskSecrets },
    },
    stream,
  )
}
