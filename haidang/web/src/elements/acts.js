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

// In a table with data-keys, up and down go from row to row; Escape gives up the row being mended.
document.addEventListener('keydown', (event) => {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const steps = [...document.querySelectorAll('[data-keys] [data-step]')]
  const at = steps.indexOf(document.activeElement)
  if (way && at >= 0) {
    event.preventDefault()
    steps[Math.min(Math.max(at + way, 0), steps.length - 1)].focus()
  } else if (event.key === 'Escape') {
    event.target.closest?.('.fix')?.querySelector('[data-cancel]')?.click()
  }
})
