/**
 * <hd-upload>: lets files be dropped on the form, shows how much has been sent, then shows the server's answer.
 *
 *   <hd-upload><form method="post" enctype="multipart/form-data" action="/upload/">…
 *     <label class="drop"><input type="file" name="file" required><span data-name>Chọn hoặc thả tệp vào đây</span></label>
 *     <progress max="1" hidden></progress><button class="button first">Gửi</button></form></hd-upload>
 *
 * Without scripts the form is sent as any form.
 */
class Upload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.file = this.querySelector('input[type=file]')
    this.drop = this.querySelector('.drop') ?? this
    this.file.addEventListener('change', () => this.name())
    this.form.addEventListener('submit', (event) => this.send(event))
    for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) this.drop.addEventListener(kind, (event) => this.drag(event))
  }

  drag(event) {
    event.preventDefault()
    this.drop.classList.toggle('over', event.type === 'dragenter' || event.type === 'dragover')
    if (event.type !== 'drop' || !event.dataTransfer.files.length) return
    this.file.files = event.dataTransfer.files
    this.name()
  }

  name() {
    const label = this.querySelector('[data-name]')
    if (label) label.textContent = [...this.file.files].map((file) => file.name).join(', ')
  }

  send(event) {
    event.preventDefault()
    const request = new XMLHttpRequest()
    const progress = this.querySelector('progress')
    this.form.querySelector('button').disabled = true
    if (progress) progress.hidden = false
    request.upload.onprogress = ({ loaded, total }) => { if (progress) progress.value = loaded / total }
    // Sent: how long checking takes is not known here, so the bar only says that it goes on.
    request.upload.onload = () => progress?.removeAttribute('value')
    request.onload = () => this.show(request)
    request.onerror = () => this.form.submit()
    request.open('POST', this.form.action)
    request.send(new FormData(this.form))
  }

  /** The answer is a whole page: after a redirect go there, else put it in place of this one. */
  show(request) {
    if (request.responseURL && request.responseURL !== this.form.action) return location.assign(request.responseURL)
    const page = new DOMParser().parseFromString(request.responseText, 'text/html')
    document.querySelector('main').replaceWith(page.querySelector('main') ?? page.body)
  }
}

customElements.define('hd-upload', Upload)
