// The worker of the citizens' pages, at /cong/sw.js, scope /cong/: pages that open without a network, reports that are
// kept and sent later under the key of their own ticket (so that one sent twice is one), news of a report.
// Imports nothing. Never keeps a page that belongs to a code.
const { files, pages, wait } = self.KEPT
const CACHE = `cong ${files.join(' ')}`
const HELD = 'input type="hidden" name="ticket" value="'

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...files, ...pages])))
})
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('cong ') && name !== CACHE) await caches.delete(name)
  await self.clients.claim()
})()))

self.addEventListener('fetch', (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'POST' && pathname === '/cong/gui') event.respondWith(send(request))
  else if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(open(request, pathname))
  else if (files.includes(pathname)) event.respondWith(caches.match(request).then((found) => found ?? fetch(request)))
})

async function open(request, pathname) {
  try { return await fetch(request) } catch {
    const page = await caches.match(pathname, { ignoreSearch: true, ignoreVary: true }) ?? await caches.match('/cong/cho', { ignoreVary: true })
    if (pathname !== '/cong/gui') return page
    // Every form has a key of its own, also one that was opened without a network.
    const [before, after] = (await page.text()).split(HELD)
    const fresh = `${before}${HELD}${crypto.randomUUID()}.kept${after.slice(after.indexOf('"'))}`
    return new Response(fresh, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
  }
}

async function send(request) {
  const form = await request.clone().formData(), [once, kept] = String(form.get('ticket')).split('.')
  try {
    const answer = kept === 'kept' ? null : await fetch(request)
    if (answer && answer.status !== 429 && answer.status < 500) return answer
  } catch { /* no network: kept below */ }
  await put('kept', { once, text: String(form.get('text')).slice(0, 120), fields: [...form] })
  self.registration.sync?.register('kept').catch(() => {})
  if (navigator.onLine) setTimeout(flush, 1000)
  return Response.redirect('/cong/cho', 303)
}

const flush = () => navigator.locks.request('cong', async () => {
  for (const one of await all('kept')) {
    if (one.bad) continue
    try { if (!await again(one)) break } catch { break }
  }
  await show()
})

async function again(one) {
  const told = await (await fetch(`/cong/phieu?once=${one.once}`)).json()
  const body = new FormData()
  for (const [name, value] of one.fields) body.append(name, value)
  body.set('ticket', told.ticket)
  body.set('csrfmiddlewaretoken', told.csrf)
  await new Promise((done) => { setTimeout(done, wait * 1000) })
  const answer = await fetch('/cong/gui', { method: 'POST', body, headers: { Accept: 'text/html' } })
  const code = new URL(answer.url).pathname.split('/').pop()
  if (answer.ok && code !== 'gui') {
    await put('sent', { once: code, code, text: one.text, at: Date.now() })
    await drop('kept', one.once)
  } else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) await put('kept', { ...one, bad: true })
  return answer.status !== 429 && answer.status < 500
}

async function show() {
  const told = { kept: (await all('kept')).map(({ text, bad }) => ({ text, bad })), sent: (await all('sent')).sort((a, b) => b.at - a.at) }
  for (const page of await self.clients.matchAll()) page.postMessage(told)
}

self.addEventListener('sync', (event) => event.waitUntil(flush()))
self.addEventListener('message', (event) => {
  const { sent, clear, flush: wanted } = event.data
  if (sent) event.waitUntil(put('sent', { once: sent, code: sent, text: '', at: Date.now() }).then(show))
  if (clear) event.waitUntil(Promise.all(['sent', 'kept'].map((name) => drop(name))).then(show))
  if (wanted) event.waitUntil(show().then(flush))
})

self.addEventListener('push', (event) => {
  const { title, body, tag, url } = event.data.json()
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: url, lang: 'vi' }))
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data))
})

// IndexedDB in a dozen lines: two stores, keyed by `once`.
function store(name, mode, ask) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open('cong', 1)
    opening.onupgradeneeded = () => ['kept', 'sent'].forEach((one) => opening.result.createObjectStore(one, { keyPath: 'once' }))
    opening.onerror = () => fail(opening.error)
    opening.onsuccess = () => {
      const asked = ask(opening.result.transaction(name, mode).objectStore(name))
      asked.onsuccess = () => { done(asked.result); opening.result.close() }
      asked.onerror = () => fail(asked.error)
    }
  })
}
const all = (name) => store(name, 'readonly', (rows) => rows.getAll())
const put = (name, row) => store(name, 'readwrite', (rows) => rows.put(row))
const drop = (name, key) => store(name, 'readwrite', (rows) => (key ? rows.delete(key) : rows.clear()))
