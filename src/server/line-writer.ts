import { write, writeSync } from 'node:fs'

/** Takes lines and writes them when there is time. */
export interface LineWriter {
  /** Takes a line with its end; it is written with the lines around it. */
  write(line: string): void
  /** Writes what is held, at once, as far as it can be: for the end of the process. */
  flush(): void
}

export interface LineWriterOptions {
  readonly fileDescriptor: number
  /** How much is held while nothing can be written; lines beyond are lost. */
  readonly heldCharacters: number
  /** A line that tells how many were lost. */
  readonly lossLine: (lost: number) => string
}

const gatheredCharacters = 32_768
const gatheredMilliseconds = 200
const retryMilliseconds = 100
/** Twice what is gathered: lines come on while a thread writes. */
const bufferBytes = 2 * gatheredCharacters
const bytesOfCharacter = 3

/**
 * Writes lines many at a time: a write costs a thread, and that far more than the bytes. Nothing that becomes of the
 * file may stop the service: not a full disk, not a reader that is gone or stands still. What cannot be written is tried
 * again, and what is too much to hold is lost and counted.
 */
export function lineWriter(options: LineWriterOptions): LineWriter {
  const { fileDescriptor, heldCharacters, lossLine } = options
  // Bytes at once, while the line is in the processor's caches: gathered as text its parts are out of them by then.
  const buffer = Buffer.allocUnsafeSlow(bufferBytes)
  let used = 0
  /** What the buffer had no room for. */
  let text = ''
  let lost = 0
  /** What a thread is writing, or will try again. */
  let taken: Buffer | undefined
  let timer: NodeJS.Timeout | undefined

  const held = (): number => used + text.length

  function later(milliseconds: number): void {
    timer ??= setTimeout(next, milliseconds).unref()
  }

  function next(): void {
    clearTimeout(timer)
    timer = undefined
    taken ??= take()
    if (taken) write(fileDescriptor, taken, written)
  }

  function take(): Buffer | undefined {
    if (lost > 0) text += lossLine(lost)
    if (held() === 0) return undefined
    const whole = Buffer.concat([buffer.subarray(0, used), Buffer.from(text)])
    used = 0
    text = ''
    lost = 0
    return whole
  }

  function written(error: Error | null, length: number): void {
    const rest = error ? taken : taken?.subarray(length)
    taken = rest?.length ? rest : undefined
    if (error) later(retryMilliseconds)
    else if (taken || held() >= gatheredCharacters) next()
    else if (held() > 0) later(gatheredMilliseconds)
  }

  return {
    write(line) {
      if (held() + line.length > heldCharacters) {
        lost += 1
        return
      }
      if (text === '' && used + line.length * bytesOfCharacter <= bufferBytes)
        used += buffer.write(line, used)
      else text += line
      if (taken) return
      if (held() >= gatheredCharacters) next()
      else later(gatheredMilliseconds)
    },
    flush() {
      let rest = take()
      try {
        while (rest?.length) rest = rest.subarray(writeSync(fileDescriptor, rest))
      } catch {
        // The process ends, and there is nobody to tell.
      }
    },
  }
}
