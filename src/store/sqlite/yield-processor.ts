import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/** A thread of this niceness gets a tenth of a processor that others want too, and all of one that nobody wants. */
const niceness = 10

/**
 * Lets the other threads of the process go first where all share one processor: what this one does is work that no
 * request waits for, or waits for together with a sync of the disk. Does nothing where threads have no priorities of
 * their own, or none may be set.
 */
export function yieldProcessor(): void {
  try {
    // On Linux a thread has a number as processes have, and is named by this link.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness)
  } catch {
    // Slower for the others, not wrong.
  }
}
