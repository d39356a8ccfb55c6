/** What XML 1.0 cannot carry even as a reference, lone surrogates included, and what must be escaped in text. */
const special =
  /[&<>"\r]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\ud800-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

// Nearly every value has neither. Asked apart, since the engine looks for a few characters many at a time.
const markup = /[&<>"\r]/
const beyondPrintable = /[^\x20-\x7e]/

/** Text as XML content. Characters that XML has no form for become U+FFFD. */
export const escapeXml = (text: string): string =>
  markup.test(text) || beyondPrintable.test(text) ? text.replace(special, escapeCharacter) : text

function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '"':
      return '&quot;'
    case '\r':
      return '&#xD;'
    default:
      return '\ufffd'
  }
}
