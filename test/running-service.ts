import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunningService extends AsyncDisposable {
  /** The lines of the first start, as an environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly data: string
  readonly pid: number
}

const main = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js')

/** Starts the built service as `npm start` does, on any free port, with data of its own. */
export function startService(args: readonly string[] = []): Promise<RunningService> {
  const data = mkdtempSync(join(tmpdir(), 'watchword-data-'))
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${text}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (!text.includes('listens on')) return
      child.removeAllListeners('exit')
      const lines = [...text.matchAll(/^export (\w+)=(.*)$/gm)]
      resolve({
        environment: Object.fromEntries(lines.map(([, name, value]) => [name ?? '', value ?? ''])),
        data,
        pid: child.pid ?? 0,
        [Symbol.asyncDispose]: () =>
          new Promise((stopped) => {
            child.once('exit', () => {
              rmSync(data, { recursive: true, force: true })
              stopped()
            })
            child.kill('SIGTERM')
          }),
      })
    })
  })
}
