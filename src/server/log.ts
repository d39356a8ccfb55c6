import { type DestinationStream, destination, type Logger, pino } from 'pino'
import type { LogLevel } from '../config/config.ts'
import { type Clock, systemClock } from '../primitives/clock.ts'
import { maskSecrets } from './mask-secrets.ts'

/** JSON lines, buffered and written when there is time; `flush` before the process ends. */
export interface Log {
  readonly logger: Logger
  /** Writes what is buffered, at once. */
  flush(): void
}

/**
 * A log to a file descriptor.
 *
 * @param level - the least grave lines that are written; `silent` writes none
 * @param fileDescriptor - 1 is standard output, 2 standard error
 */
export function openLog(level: LogLevel, fileDescriptor: number): Log {
  const stream = destination({ dest: fileDescriptor, sync: false, maxWrite: 1_048_576 })
  const lines = gathered(stream)
  return {
    logger: makeLogger(level, lines),
    flush: () => {
      try {
        lines.flush()
        stream.flushSync()
      } catch {
        // Nothing was open yet, or the reader of a pipe is gone: there is nobody left to tell.
      }
    },
  }
}

const gatheredCharacters = 32_768
const gatheredMilliseconds = 200

/** Hands lines on many at a time: a write costs the stream, and a thread, far more than its bytes. */
function gathered(stream: DestinationStream): DestinationStream & { flush(): void } {
  let text = ''
  let timer: NodeJS.Timeout | undefined
  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (text === '') return
    const whole = text
    text = ''
    stream.write(whole)
  }
  return {
    flush,
    write(line) {
      text += line
      if (text.length >= gatheredCharacters) flush()
      else timer ??= setTimeout(flush, gatheredMilliseconds).unref()
    },
  }
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
