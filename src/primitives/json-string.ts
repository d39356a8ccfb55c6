/** Anything but the printable characters of ASCII that stand for themselves. */
const escaped = /[^ !#-[\]-~]/

/**
 * A text as JSON has it, for what is put together by hand on a hot path: `JSON.stringify` of a small object takes three
 * times as long as its texts. Ids, ARNs and most names have nothing to escape.
 */
export const jsonString = (text: string): string =>
  escaped.test(text) ? JSON.stringify(text) : `"${text}"`
