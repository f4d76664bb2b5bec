/** Style and script of the page of `explain`, as text: nothing is fetched, nothing of a repository stands in them. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #d5d7da; --soft: #f6f7f8; --text: #1d2125; --dim: #5d6670; --automerge: #1a7f37; --merge-request: #0b5cad; --approval: #8a5a00; --disabled: #6b737c; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4149; --soft: #20262c; --text: #e6e8ea; --dim: #9aa4ae; --automerge: #4ac26b; --merge-request: #6cb6ff; --approval: #e3b341; --disabled: #8b949e; --page: #15191d; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); }
header { padding: 1.2rem 1.5rem .6rem; }
h1 { font-size: 1.35rem; margin: 0 0 .3rem; }
header p { margin: 0 0 .8rem; color: var(--dim); }
form { display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; align-items: center; }
input[type=search], select { font: inherit; padding: .25rem .5rem; border: 1px solid var(--line); border-radius: 4px; background: var(--soft); color: inherit; }
output { color: var(--dim); }
main { padding: .5rem 1.5rem 2rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { position: sticky; top: 0; background: var(--page); color: var(--dim); font-weight: 600; }
th small { display: block; color: var(--dim); overflow-wrap: anywhere; }
code { font: 13px ui-monospace, monospace; }
summary { cursor: pointer; white-space: nowrap; font-weight: 600; }
details.automerge summary { color: var(--automerge); }
details.merge-request summary { color: var(--merge-request); }
details.approval summary { color: var(--approval); }
details.disabled summary, .status { color: var(--disabled); }
summary s { color: var(--dim); font-weight: 400; }
details ol { margin: .3rem 0; padding-left: 1.2rem; max-width: 26rem; font-size: 13px; }
details p { margin: .1rem 0; font-size: 13px; color: var(--dim); }
.other { display: none; }
.all .other { display: table-cell; }
tr[hidden] { display: none; }
`;

export const PAGE_SCRIPT = `
const form = document.getElementById('filter');
const rows = [...document.querySelectorAll('tbody tr')];
function show() {
  const text = form.elements.text.value.trim().toLowerCase();
  const action = form.elements.action.value;
  let shown = 0;
  for (const row of rows) {
    const fits = row.dataset.text.includes(text) && (action === '' || row.dataset.actions.split(' ').includes(action));
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  document.body.classList.toggle('all', form.elements.all.checked);
  document.getElementById('count').textContent = shown + ' of ' + rows.length + ' shown';
}
form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
show();
`;
