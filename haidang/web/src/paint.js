// Colours and numbers as the page has them: `var(--sea)` in an option becomes the theme's colour, numbers the page's language.

const REFERENCE = /^var\((--[a-z0-9-]+)\)$/

/** A copy of `value` in which every text `var(--name)` is replaced by the theme's value. */
export function painted(value, style = getComputedStyle(document.documentElement)) {
  if (Array.isArray(value)) return value.map((item) => painted(item, style))
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, painted(item, style)]))
  }
  const name = typeof value === 'string' && value.match(REFERENCE)
  return name ? style.getPropertyValue(name[1]).trim() : value
}

/** Size in pixels of so many rem. */
export const rem = (count) => count * parseFloat(getComputedStyle(document.documentElement).fontSize)

/** Writes a tick of an axis in the page's language. */
export const written = (number) => new Intl.NumberFormat(document.documentElement.lang).format(number)

/** What the server put into the element's `<script type="application/json">`. */
export const given = (element) => JSON.parse(element.querySelector('script[type="application/json"]').textContent)

/** Calls `draw` again whenever the theme changes; gives the function that stops it. */
export function onTheme(draw) {
  const media = matchMedia('(prefers-color-scheme: light)')
  document.addEventListener('hd:theme', draw)
  media.addEventListener('change', draw)
  return () => {
    document.removeEventListener('hd:theme', draw)
    media.removeEventListener('change', draw)
  }
}

/** A small block of lines for a tip: the first one strong. */
export function tip(lines) {
  const box = document.createElement('div')
  box.className = 'tip'
  for (const [place, line] of lines.filter(Boolean).entries()) {
    const row = document.createElement(place ? 'span' : 'b')
    row.textContent = line
    box.append(row)
  }
  return box
}

/** Folds the table that stands in for a drawing, or opens it again; it lies beside the element, in the same tile. */
export function fold(element, open = false) {
  const table = element.parentElement?.querySelector(':scope > .fallback')
  table?.toggleAttribute('open', open)
  table?.setAttribute('data-set', '')
}
