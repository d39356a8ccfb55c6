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
  const turn = turnOfLines(stream)
  return {
    logger: makeLogger(level, turn),
    flush: () => {
      try {
        turn.flush()
        stream.flushSync()
      } catch {
        // Nothing was open yet, or the reader of a pipe is gone: there is nobody left to tell.
      }
    },
  }
}

/** Hands on all the lines of one turn of the event loop as one text: each text costs the stream more than its bytes. */
function turnOfLines(stream: DestinationStream): DestinationStream & { flush(): void } {
  let lines = ''
  function flush(): void {
    if (lines === '') return
    const text = lines
    lines = ''
    stream.write(text)
  }
  return {
    flush,
    write(line) {
      if (lines === '') setImmediate(flush)
      lines += line
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
