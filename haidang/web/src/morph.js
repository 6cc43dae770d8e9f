// Makes a piece of the page like a fresh one from the server, in place: what is the same stays the same element, so that
// focus, scrolling, open menus, a map's zoom and a chart's canvas are kept.

const KEPT = { DETAILS: ['open', 'data-set'], BUTTON: ['hidden', 'disabled'], TR: ['hidden'], INPUT: ['value', 'checked'], 'HD-MAP': ['ready', 'failed'] }
const DRAWN = new Set(['HD-CHART', 'HD-MAP'])

/** `changed(element)` is called for every number (`.num`, or anything with data-number) whose text became another. */
export function morph(old, fresh, changed = () => {}) {
  if (!alike(old, fresh)) return old.replaceWith(fresh)
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  const before = old.matches('.num, [data-number]') ? old.textContent : null
  attributes(old, fresh)
  if (DRAWN.has(old.nodeName)) old.renew(fresh)
  else children(old, fresh, changed)
  if (before !== null && before !== old.textContent) changed(old)
}

function alike(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id ?? '') === (fresh.id ?? '')
}

function attributes(old, fresh) {
  const kept = KEPT[old.nodeName] ?? []
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes) {
    if (!kept.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
}

/** In order; a row, item or section with an id is looked up by it, so that what moved or came between is not redrawn. */
function children(old, fresh, changed) {
  let at = old.firstChild
  for (const next of [...fresh.childNodes]) {
    const same = next.id ? [...old.children].find((one) => one.id === next.id) : null
    if (same && same !== at) old.insertBefore(same, at)
    const now = same ?? at
    if (!now) {
      old.append(next)
      continue
    }
    at = now.nextSibling
    if (!same && now.id) {
      old.insertBefore(next, now)
      at = now
    } else morph(now, next, changed)
  }
  while (at) {
    const gone = at
    at = at.nextSibling
    gone.remove()
  }
}
