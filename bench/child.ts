import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

export interface Child {
  readonly process: ChildProcess
  readonly port: number
  /** Milliseconds from spawning to the line that names the port. */
  readonly startMilliseconds: number
  readonly output: string
  /** Resident memory in MiB. */
  memory(): number
  stop(): Promise<void>
}

const pinning = hasTaskset() ? ['taskset', '-c', '0'] : []

/** Starts a Node program on the first core and waits until it says where it listens. */
export function startChild(script: string, args: readonly string[]): Promise<Child> {
  const command = [...pinning, process.execPath, script, ...args]
  const started = performance.now()
  const child = spawn(command[0] as string, command.slice(1), {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  return new Promise((resolve, reject) => {
    let output = ''
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${output}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const port = /(?:port |listens on \S+:)(\d+)/.exec(output)?.[1]
      if (port === undefined) return
      child.stdout.removeAllListeners('data')
      child.stdout.resume()
      child.removeAllListeners('exit')
      resolve({
        process: child,
        port: Number(port),
        startMilliseconds: performance.now() - started,
        output,
        memory: () => residentMegabytes(child.pid ?? 0),
        stop: () =>
          new Promise((stopped) => {
            child.once('exit', () => stopped())
            child.kill('SIGTERM')
          }),
      })
    })
  })
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** This process keeps off the server's core. */
export function pinSelf(): void {
  if (pinning.length > 0) {
    execFileSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)], { stdio: 'ignore' })
  }
}
