/**
 * <hd-live>: keeps the numbers of an open page new. Hears `/events`; when a dataset landed that stands behind a tile, asks
 * for the page's tiles again and changes them in place. Ages go on ticking, and turn to "old" when the promise has passed.
 *
 *   <hd-live data-since="44" data-now="2026-11-22T12:00:00+07:00" data-words='{"lost": "mất kết nối từ {time}", …}'>
 *     <p class="lost" hidden></p><span class="hidden-visually" role="status"></span></hd-live>
 *   <article data-tile="t1" data-datasets="giao-duc.diem-thi-thpt">… <time data-at="2026-…" data-old="2026-…">…</time></article>
 *   <section data-tile="sources" data-datasets="*" data-every="30">…</section>
 *
 * `*`: concerns every landing. `data-every`: asked again every so many seconds as well. Without a stream it says so, and
 * asks every 30 s. A page of an earlier day (`data-still`) hears notices alone. Without scripts the page stands as it was.
 */
import htmx from 'htmx.org'
import { morph } from '../morph.js'

const ASK_MS = 30_000
const SILENCE_MS = 40_000
const PATIENCE_MS = 4_000
const HIDDEN_MS = 60_000
const AGES = [[60, 1, 'seconds'], [3600, 60, 'minutes'], [86_400, 3600, 'hours'], [604_800, 86_400, 'days']]

const filled = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name])
const tiles = () => [...document.querySelectorAll('[data-tile]')]
const pairing = (all) => {
  const seen = {}
  return new Map(all.map((one) => [`${one.dataset.tile} ${seen[one.dataset.tile] = (seen[one.dataset.tile] ?? 0) + 1}`, one]))
}

class Live extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words)
    this.ahead = Date.parse(this.dataset.now) - Date.now()
    this.since = this.dataset.since
    this.pending = new Set()
    this.took = 0
    this.heardAt = Date.now()
    this.open()
    this.ticking = setInterval(() => this.tick(), 5_000)
    this.watch = () => this.seen()
    document.addEventListener('visibilitychange', this.watch)
    addEventListener('pagehide', () => this.close())
    addEventListener('pageshow', ({ persisted }) => persisted && this.open())
  }

  disconnectedCallback() {
    clearInterval(this.ticking)
    document.removeEventListener('visibilitychange', this.watch)
    this.close()
  }

  open() {
    if (this.source || this.ended) return
    this.source = new EventSource(`/events?since=${this.since}&desk=${this.dataset.desk ?? ''}`)
    const hear = (name, act) => this.source.addEventListener(name, (event) => {
      this.heard()
      act(JSON.parse(event.data))
    })
    hear('beat', ({ ends }) => this.warn(ends))
    hear('notice', ({ unread }) => this.bell(unread))
    hear('landed', ({ datasets, snapshot }) => {
      this.since = snapshot
      if (!this.hasAttribute('data-still')) this.want(datasets)
    })
    hear('desk', ({ tiles: names }) => this.want(names.map((name) => `=${name}`)))
    hear('bye', () => this.end())
    this.source.onerror = () => this.miss()
  }

  close() {
    this.source?.close()
    this.source = null
  }

  heard() {
    this.heardAt = Date.now()
    clearTimeout(this.missing)
    this.missing = null
    if (!this.lostAt) return
    this.lostAt = null
    this.say('')
    // Whatever landed meanwhile: the stream may have begun behind it.
    if (!this.hasAttribute('data-still')) this.want(['*'])
  }

  /** A short break is no loss: the browser opens the stream again by itself. */
  miss() {
    this.missing ??= setTimeout(() => this.lose(), PATIENCE_MS)
    if (this.source?.readyState === EventSource.CLOSED) {
      this.close()
      setTimeout(() => this.open(), 10_000)
    }
  }

  lose() {
    if (this.lostAt || this.ended) return
    this.lostAt = this.askedAt = this.heardAt
    const time = new Date(this.heardAt).toLocaleTimeString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    this.say(filled(this.words.lost, { time }))
  }

  end() {
    this.ended = true
    this.close()
    this.say(this.words.ended)
  }

  /** The session ends soon, if nothing is done. */
  warn(ends) {
    if (ends || this.warned) this.say(ends ? filled(this.words.ending, { time: ends }) : '')
    this.warned = ends
  }

  say(words) {
    const note = this.querySelector('.lost')
    note.textContent = words
    note.hidden = !words
  }

  /** A page nobody sees gives its connection back; it catches up when it is seen again. */
  seen() {
    clearTimeout(this.hiding)
    if (document.hidden) this.hiding = setTimeout(() => this.close(), HIDDEN_MS)
    else if (!this.source) {
      this.heardAt = Date.now()
      this.open()
    }
  }

  tick() {
    this.age()
    if (document.hidden || this.ended) return
    const now = Date.now()
    if (this.source && now - this.heardAt > SILENCE_MS) {
      this.close()
      this.lose()
      this.open()
    }
    if (this.lostAt && now - this.askedAt >= ASK_MS) {
      this.askedAt = now
      this.want(['*'])
    }
    const due = tiles().filter((one) => one.dataset.every && now - (one.askedAt ??= now) >= one.dataset.every * 1000)
    for (const one of due) one.askedAt = now
    if (due.length) this.want(due.map((one) => `=${one.dataset.tile}`))
  }

  /** Asked at most once a second, and more rarely when the server takes long to answer. */
  want(datasets) {
    for (const one of datasets) this.pending.add(one)
    this.waiting ??= setTimeout(() => this.refresh(), this.took ? Math.min(10_000, Math.max(1000, 8 * this.took)) : Math.random() * 200)
  }

  concerned(tile) {
    const behind = tile.dataset.datasets.split(' ').filter(Boolean)
    return this.pending.has('*') || this.pending.has(`=${tile.dataset.tile}`) || behind.some((one) => this.pending.has(one))
      || (behind.includes('*') && [...this.pending].some((one) => !one.startsWith('=')))
  }

  async refresh() {
    const concerned = tiles().filter((tile) => this.concerned(tile))
    const wanted = [...this.pending]
    const asked = wanted.join(' ')
    this.pending.clear()
    const began = Date.now()
    try {
      if (concerned.length) this.renew(concerned, await this.fetched(asked))
    } catch (trouble) {
      console.warn('hd-live', trouble)
      // A server that has just begun may not answer yet: what was wanted is wanted still.
      for (const one of wanted) this.pending.add(one)
    }
    this.took = concerned.length ? Date.now() - began : 0
    this.waiting = null
    if (this.pending.size) this.want([])
  }

  async fetched(asked) {
    const answer = await fetch(location.href, { headers: { 'X-Live': asked }, redirect: 'error' })
    if (!answer.ok) throw new Error(`${answer.status}`)
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  }

  renew(concerned, page) {
    const fresh = pairing([...page.querySelectorAll('[data-tile]')])
    const news = []
    for (const [key, tile] of pairing(tiles())) {
      const next = fresh.get(key)
      // What stands behind no dataset of its own (how many sources are alive) rides along.
      const rides = !tile.dataset.datasets && !tile.dataset.every
      if (!next || !(rides || concerned.includes(tile))) continue
      morph(tile, document.adoptNode(next), (number) => {
        mark(number)
        news.push(`${tile.querySelector('h2, h3')?.textContent.trim() ?? ''} ${number.textContent.trim()}`)
      })
      if (tile.isConnected) htmx.process(tile)
    }
    this.age()
    if (news.length) this.querySelector('[role=status]').textContent = filled(this.words.news, { what: [...new Set(news)].slice(0, 3).join('; ') })
    document.dispatchEvent(new CustomEvent('hd:live', { detail: { changed: news.length } }))
  }

  age() {
    const now = Date.now() + this.ahead
    for (const one of document.querySelectorAll('time[data-at]')) {
      const gone = Math.max(0, (now - Date.parse(one.dataset.at)) / 1000)
      const unit = AGES.find(([limit]) => gone < limit)
      if (unit) one.textContent = filled(this.words[unit[2]], { count: Math.floor(gone / unit[1]) })
      if (one.dataset.old && now > Date.parse(one.dataset.old) && !one.classList.contains('old')) {
        one.classList.add('old', 'watch')
        one.dataset.says = this.words.old
      }
    }
  }

  bell(unread) {
    for (const one of document.querySelectorAll('[data-unread]')) {
      one.dataset.unread = unread
      one.textContent = unread > 99 ? '99+' : unread || ''
      one.closest('a')?.setAttribute('aria-label', filled(this.words.unread, { count: unread }))
    }
  }
}

/** The number that changed is lit for a moment. */
function mark(number) {
  number.classList.remove('changed')
  void number.offsetWidth
  number.classList.add('changed')
  setTimeout(() => number.classList.remove('changed'), 6_000)
}

customElements.define('hd-live', Live)
