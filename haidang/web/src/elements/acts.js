/**
 * Small acts of a page by a data attribute: print it, copy its address. The buttons stand hidden until scripts run.
 *
 *   <button data-print hidden>In</button>
 *   <button data-copy data-done="Đã chép" hidden><span>Chép liên kết</span></button>
 */
const show = () => {
  for (const button of document.querySelectorAll('[data-print], [data-copy], [data-save-chart]')) button.hidden = false
}
show()
document.addEventListener('htmx:afterSwap', show)

// Paper is light: drawings take its colours before printing and the page's own after.
const root = document.documentElement
let kept = root.dataset.theme
const wear = (theme) => {
  root.dataset.theme = theme
  document.dispatchEvent(new Event('hd:theme'))
}
addEventListener('beforeprint', () => { kept = root.dataset.theme; wear('light') })
addEventListener('afterprint', () => wear(kept))

document.addEventListener('click', async (event) => {
  if (event.target.closest?.('[data-print]')) return print()
  const button = event.target.closest?.('[data-copy]')
  if (!button) return
  await navigator.clipboard.writeText(location.href)
  const words = button.querySelector('span') ?? button
  const before = words.textContent
  words.textContent = button.dataset.done
  setTimeout(() => { words.textContent = before }, 2000)
})

// `/` goes to the search of the page, `a` to the acts of a Case.
const GOTO = { '/': '[data-find]', a: '[data-acts] :is(summary, button)' }
const typing = (one) => one.matches?.('input, select, textarea, [contenteditable]')

// In a table with data-keys, up and down (or k and j, from anywhere) go from row to row; Escape gives up the row being mended.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const free = !typing(event.target)
  const goal = free && GOTO[event.key] && document.querySelector(GOTO[event.key])
  const way = { ArrowDown: 1, ArrowUp: -1, ...(free && { j: 1, k: -1 }) }[event.key]
  const steps = [...document.querySelectorAll('[data-keys] [data-step]')]
  const at = steps.indexOf(document.activeElement)
  if (goal) {
    event.preventDefault()
    goal.focus()
  } else if (way && (at >= 0 || (steps.length && 'jk'.includes(event.key)))) {
    event.preventDefault()
    steps[Math.min(Math.max(at + way, 0), steps.length - 1)].focus()
  } else if (event.key === 'Escape') {
    event.target.closest?.('.fix')?.querySelector('[data-cancel]')?.click()
  }
})

// A Case that somebody else has changed since its forms were made says so; a link may open one of its forms.
document.addEventListener('hd:live', () => {
  const now = document.querySelector('[data-case-version]')?.dataset.caseVersion
  const mine = document.querySelector('[data-acts] [name=version]')?.value
  document.querySelector('#newer')?.toggleAttribute('hidden', !now || !mine || now === mine)
})
document.addEventListener('click', ({ target }) => {
  const wanted = target.closest?.('[data-open]')
  if (wanted) document.getElementById(wanted.dataset.open).open = true
})
