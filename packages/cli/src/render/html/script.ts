/** The script of the report: filters, opening of rows, copying. The page is complete without it. Holds no text of a run. */
export const script = String.raw`'use strict';
const $ = id => document.getElementById(id);
const body = $('rows');
const causes = body ? [...body.querySelectorAll('tr.cause')].map(row => ({ row, more: row.nextElementSibling, button: row.querySelector('button.n') })) : [];
for (const cause of causes) cause.text = (cause.row.textContent + ' ' + cause.more.textContent).toLowerCase();

const toggle = (cause, open) => { cause.more.hidden = !open; cause.button.setAttribute('aria-expanded', String(open)); };
const number = n => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const word = (n, one) => number(n) + ' ' + one + (n === 1 ? '' : 's');

const show = () => {
  const q = $('q').value.trim().toLowerCase(), d = $('f-d').value, r = $('f-r').value;
  let groups = 0, alerts = 0;
  for (const cause of causes) {
    const on = (!d || cause.row.dataset.d === d) && (!r || cause.row.dataset.r === r) && (!q || cause.text.includes(q));
    cause.row.hidden = !on;
    toggle(cause, false);
    if (on) { groups += 1; alerts += Number(cause.row.dataset.n); }
  }
  $('count').textContent = groups ? word(groups, 'group') + ', ' + word(alerts, 'alert') : 'Nothing matches. Clear the filter to see all.';
  $('clear').hidden = !(q || d || r);
};

const address = () => {
  const query = new URLSearchParams();
  for (const id of ['q', 'f-d', 'f-r']) if ($(id).value) query.set(id, $(id).value);
  try { history.replaceState(null, '', '#else' + (String(query) ? '?' + query : '')); } catch { /* the viewer forbids it */ }
};

const fromAddress = () => {
  const [part, search] = location.hash.split('?');
  if (part !== '#else' || !search) return;
  const query = new URLSearchParams(search);
  for (const id of ['q', 'f-d', 'f-r']) $(id).value = query.get(id) || '';
  for (const id of ['f-d', 'f-r']) if ($(id).selectedIndex < 0) $(id).value = '';
  $('else').scrollIntoView();
};

if (body) {
  for (const id of ['q', 'f-d', 'f-r']) $(id).addEventListener('input', () => { show(); address(); });
  $('filters').addEventListener('submit', event => event.preventDefault());
  $('clear').addEventListener('click', () => { for (const id of ['q', 'f-d', 'f-r']) $(id).value = ''; show(); address(); $('q').focus(); });
  for (const link of document.querySelectorAll('[data-show]')) link.addEventListener('click', event => {
    event.preventDefault();
    $('q').value = $('f-d').value = ''; $('f-r').value = link.dataset.show; show(); address(); $('else').scrollIntoView(); $('f-r').focus({ preventScroll: true });
  });
  for (const cause of causes) cause.button.addEventListener('click', () => toggle(cause, cause.more.hidden));
  fromAddress();
  show();
}

for (const button of document.querySelectorAll('[data-copy]')) button.addEventListener('click', async () => {
  try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = 'Copied'; }
  catch { getSelection().selectAllChildren(button.previousElementSibling); button.textContent = 'Selected'; }
  button.removeAttribute('aria-label');
});
`;
