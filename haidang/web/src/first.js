// Runs before the page is drawn: says that scripts run, so that tables standing in for charts stay folded.
document.documentElement.classList.add('js')
