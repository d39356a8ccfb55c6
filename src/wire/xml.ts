/** What XML 1.0 cannot carry even as a reference, lone surrogates included, and what must be escaped in text. */
const special =
  /[&<>"\r]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\ud800-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text as XML content. Characters that XML has no form for become U+FFFD. */
export function escapeXml(text: string): string {
  return isPlain(text) ? text : text.replace(special, escapeCharacter)
}

/** Most values are plain ASCII: one look at each character spares the regular expression. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (
      code < 0x20 ||
      code > 0x7e ||
      code === 0x26 ||
      code === 0x3c ||
      code === 0x3e ||
      code === 0x22
    ) {
      return false
    }
  }
  return true
}

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
