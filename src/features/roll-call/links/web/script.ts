/**
 * The script of the public pages, which work without it. An answer that finds no network stays in the browser until the server says
 * that it has it, however often the page is opened meanwhile, with the time at which the button was pressed, by the server's clock:
 * a phone's own may be wrong. Plain enough for phones of ten years ago.
 */
export const SAFETY_SCRIPT = `
(function () {
  var status = document.getElementById('status');
  if (!status || !window.fetch || !window.URLSearchParams) return;
  var place = 'kikan:' + location.pathname;
  var skew = Number(document.body.getAttribute('data-now')) - Date.now();
  var wait = 2000, timer = 0, isBusy = false;
  function kept() {
    try { return JSON.parse(localStorage.getItem(place) || '[]'); } catch (error) { return []; }
  }
  function keep(list) {
    try {
      if (list.length) localStorage.setItem(place, JSON.stringify(list)); else localStorage.removeItem(place);
      return true;
    } catch (error) { return false; }
  }
  function say(words, how) {
    status.textContent = words;
    status.className = 'notice ' + how;
    status.hidden = false;
  }
  function later() {
    isBusy = false;
    say(status.getAttribute('data-waiting'), 'waiting');
    clearTimeout(timer);
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, 60000);
  }
  function send() {
    var first = kept()[0];
    if (isBusy || !first) return;
    isBusy = true;
    var stop = window.AbortController ? new AbortController() : undefined;
    var limit = setTimeout(function () { if (stop) stop.abort(); }, 15000);
    fetch(first.to, {
      method: 'POST', body: first.body, credentials: 'omit', signal: stop && stop.signal,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
    }).then(function (answer) {
      if (answer.status >= 500 || answer.status === 429) throw new Error('later');
      return answer.json();
    }).then(function (said) {
      clearTimeout(limit);
      isBusy = false;
      wait = 2000;
      keep(kept().filter(function (each) { return each.key !== first.key; }));
      say(said.sentence, said.ok ? 'done' : 'error');
      var before = document.getElementById('counts');
      if (before && said.ok) before.hidden = true;
      send();
    }).catch(function () { clearTimeout(limit); later(); });
  }
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.getAttribute('data-keep') === null) return;
    var fields = new URLSearchParams(new FormData(form));
    var key = Date.now().toString(36) + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
    fields.set('key', key);
    fields.set('at', String(Date.now() + skew));
    if (!keep(kept().concat([{ key: key, to: form.getAttribute('action'), body: fields.toString() }]))) return;
    event.preventDefault();
    say(status.getAttribute('data-waiting'), 'waiting');
    wait = 2000;
    send();
  });
  window.addEventListener('online', send);
  window.addEventListener('pageshow', function () {
    if (!kept().length) return;
    say(status.getAttribute('data-waiting'), 'waiting');
    send();
  });
})();
`;
