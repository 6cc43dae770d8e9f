// What scripts add to the citizens' pages: position, smaller photos, proof of work, reports kept without a network, news.
// Everything here works without it too.
import './cong.css'

const find = (query, within = document) => within.querySelector(query)
const form = find('#report')
const worker = navigator.serviceWorker
const say = (place, words) => { place.textContent = words }
const tell = async (message) => (await worker?.ready)?.active?.postMessage(message)

for (const field of document.querySelectorAll('[data-once]')) field.value = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`
for (const one of document.querySelectorAll('form')) {
  one.addEventListener('submit', () => {
    const button = find('[data-busy]', one)
    if (button) setTimeout(() => { button.disabled = true; say(button, button.dataset.busy) })
  })
}
addEventListener('pageshow', (event) => event.persisted && location.reload())

if (form) {
  prove(form.ticket, form.worked)
  if (matchMedia('(display-mode: standalone)').matches) form.app.value = '1'
  find('#wrong')?.focus()
  if (navigator.geolocation && isSecureContext) locate(find('#here'))
}
for (const input of document.querySelectorAll('input[type=file]')) input.addEventListener('change', () => shrink(input))

// The number that makes the ticket's digest begin with so many zero bits (see cases/forms.py).
async function prove(ticket, worked) {
  const bits = Number(ticket.dataset.bits), coder = new TextEncoder()
  for (let n = 0; crypto.subtle && n < 1e6; n++) {
    const digest = new DataView(await crypto.subtle.digest('SHA-256', coder.encode(`${ticket.value}:${n}`)))
    if (digest.getUint32(0) >>> (32 - bits) === 0) { worked.value = n; return }
  }
}

function locate(box) {
  const button = find('button', box), said = find('[role=status]', box)
  box.hidden = false
  button.addEventListener('click', () => {
    say(said, button.dataset.wait)
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.lat.value = coords.latitude.toFixed(6)
      form.lon.value = coords.longitude.toFixed(6)
      say(said, button.dataset.got.replace('{m}', Math.round(coords.accuracy)))
    }, () => say(said, button.dataset.not), { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 })
  })
}

// A photo of a telephone has 4 MB; 1600 pixels show as much in a tenth of that.
async function shrink(input) {
  const kept = new DataTransfer(), shots = input.form.querySelector('#shots')
  shots?.replaceChildren()
  for (const file of [...input.files].slice(0, 6)) {
    const small = await smaller(file).catch(() => file)
    kept.items.add(small)
    if (shots && small.type.startsWith('image/')) {
      const shown = Object.assign(new Image(), { alt: file.name, src: URL.createObjectURL(small) })
      shots.append(shown)
    }
  }
  input.files = kept.files
}

async function smaller(file) {
  if (!file.type.startsWith('image/') || file.size < 400000) return file
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height))
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.width * scale, height: picture.height * scale })
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.82))
  return blob && blob.size < file.size ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : file
}

// What this device sent, and what still waits for a network: the worker keeps both.
const device = find('#device')
let waited = 0
function list({ kept, sent }) {
  if (!device) return
  // The page of what waits ends when nothing does: at the thanks of the one report, else at the list of them.
  if ('waits' in device.dataset && waited && !kept.length && sent.length) return location.replace(waited > 1 ? '/cong/' : `/cong/${sent[0].code}?gui=1`)
  waited = Math.max(waited, kept.length)
  const rows = [...kept.map((one) => ['', one.text, one.bad ? 'bad' : 'kept']), ...sent.map((one) => [one.code, one.text, ''])]
  device.hidden = !rows.length
  find('#device-list').replaceChildren(...rows.map(([code, text, how]) => {
    const row = document.createElement(code ? 'a' : 'span'), head = document.createElement('strong'), more = document.createElement('span')
    if (code) row.href = `/cong/${encodeURIComponent(code)}`
    say(head, text || code)
    say(more, how ? find('#device-list').dataset[how] : code)
    more.className = 'meta'
    row.append(head, more)
    const item = document.createElement('li')
    item.append(row)
    return item
  }))
}
find('#device-clear')?.addEventListener('click', () => tell({ clear: true }))

if (worker) {
  worker.register('/cong/sw.js', { scope: '/cong/' }).catch(() => {})
  worker.addEventListener('message', ({ data }) => data.kept && list(data))
  const thanks = find('[data-sent]')
  if (thanks) tell({ sent: thanks.dataset.sent })
  tell({ flush: true })
  addEventListener('online', () => tell({ flush: true }))
}

addEventListener('beforeinstallprompt', (event) => {
  const box = find('#install')
  if (!box) return
  event.preventDefault()
  box.hidden = false
  find('button', box).addEventListener('click', () => event.prompt(), { once: true })
})

const news = find('#tell')
if (news && worker && 'PushManager' in window && Notification.permission !== 'denied') {
  const said = find('[role=status]', news), button = find('button', news)
  const key = Uint8Array.from(atob(news.dataset.key.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
  const post = (body) => fetch(news.dataset.to, { method: 'POST', headers: { 'X-CSRFToken': news.dataset.csrf }, body: JSON.stringify(body) })
  news.hidden = false
  button.addEventListener('click', async () => {
    try {
      const place = (await worker.ready).pushManager
      const known = await place.getSubscription()
      const subscription = known ?? await place.subscribe({ userVisibleOnly: true, applicationServerKey: key })
      if (!(await post({ subscription })).ok) throw new Error('refused')
      say(said, news.dataset.on)
      button.hidden = true
    } catch { say(said, news.dataset.not) }
  })
}
