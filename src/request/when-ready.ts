/**
 * Goes on with a value at once when it is there, or when it has come. What is nearly always in memory is not waited
 * for: a promise that has nothing to wait for still costs a hot path more than the step itself.
 */
export function whenReady<T, R>(
  value: T | Promise<T>,
  next: (value: T) => R | Promise<R>,
): R | Promise<R> {
  return isPending(value) ? value.then(next) : next(value)
}

/** The same question for whoever goes on in a way of its own. */
export const isPending = <T>(value: T | Promise<T>): value is Promise<T> => value instanceof Promise
