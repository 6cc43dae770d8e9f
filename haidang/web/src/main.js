// The entry: styles, htmx, and one file per custom element. Charts and maps load their libraries only when one is on the page.
import './css/tokens.css'
import './css/base.css'
import './css/layout.css'
import './css/tile.css'
import './css/pages.css'
import './css/rights.css'
import './css/calls.css'
import './css/cases.css'
import './css/morning.css'
import htmx from 'htmx.org'
import './elements/acts.js'
import './elements/hd-chart.js'
import './elements/hd-desk.js'
import './elements/hd-dialog.js'
import './elements/hd-filter.js'
import './elements/hd-live.js'
import './elements/hd-map.js'
import './elements/hd-passkey.js'
import './elements/hd-pick.js'
import './elements/hd-theme.js'
import './elements/hd-upload.js'

// The content policy allows no inline style and no evaluated script.
htmx.config.includeIndicatorStyles = false
htmx.config.allowEval = false
htmx.config.selfRequestsOnly = true

// A menu closes when one clicks elsewhere or presses Escape, and its button gets the focus back.
const openMenus = () => document.querySelectorAll('details.menu[open]')
document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})
document.addEventListener('toggle', (event) => {
  if (event.target.matches?.('details.menu[open]')) event.target.querySelector('[autofocus]')?.focus()
}, true)
