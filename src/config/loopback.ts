import { isIPv4, isIPv6 } from 'node:net'

/** Whether a bind address or the host of a URL can only mean this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase()
  if (name === 'localhost') return true
  if (isIPv4(name)) return name.startsWith('127.')
  if (!isIPv6(name)) return false
  // Every spelling of ::1 is zeros and colons before the 1; an address mapped from IPv4 is not taken.
  return /^[0:]*:0*1$/.test(name)
}
