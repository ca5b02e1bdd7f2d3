'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { start, signIn, order, pay } = require('./helpers');
const { exporter } = require('../src/exporters');
const { exportInvoices, readQueue } = require('../src/worker');

const INVOICES = [{ id: 'inv_1', orderId: 'ord_1', customer: 'A & "B"', total: 1250, issuedAt: new Date('2026-09-01T10:00:00Z') }];

test('a payment issues an invoice that only its customer reads', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  const { invoice } = await pay(ada, (await order(ada)).id);
  const { body, headers } = await ada.get(`/invoices/${invoice.id}`).expect(200);
  assert.equal(body.total, 2200);
  await ada.get(`/invoices/${invoice.id}`).set('if-none-match', headers.etag).expect(304);
  await bob.get(`/invoices/${invoice.id}`).expect(404);
  assert.deepEqual((await bob.get('/invoices')).body, []);
});

test('renders an invoice', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { invoice } = await pay(ada, (await order(ada)).id);
  const { text } = await ada.get(`/invoices/${invoice.id}/view`).expect(200);
  assert.match(text, /<h1>Invoice inv_1001<\/h1>/);
  assert.match(text, /Total: 22\.00/);
});

test('serves archived files and monthly statements', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  assert.match((await ada.get('/invoices/archive?file=2026-08.txt').expect(200)).text, /August 2026/);
  assert.match((await ada.get('/invoices/statements/2026-09').expect(200)).text, /September 2026/);
  await ada.get('/invoices/archive?file=none.txt').expect(404);
  await ada.get('/invoices/statements/..%2F..%2Fpackage.json').expect(404);
  await ada.get('/invoices/statements/2020-01').expect(404);
});

test('exports in the format asked for', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  await pay(ada, (await order(ada)).id);
  const csv = await ada.get('/invoices/export').expect(200).expect('content-type', /text\/csv/);
  assert.match(csv.text, /^id,order,customer,total,issued\ninv_1001,ord_1001,ada,2200,/);
  await ada.get('/invoices/export?format=docx').expect(422);
  await ada.get('/invoices/export?format=..%2Fconfig').expect(422);
});

test('csv quotes and disarms cells', () => {
  const text = exporter('csv').write([{ ...INVOICES[0], customer: '=1+1' }, ...INVOICES]);
  assert.match(text, /,'=1\+1,/);
  assert.match(text, /,"A & ""B""",1250,2026-09-01T10:00:00\.000Z\n$/);
});

test('html and xml escape', () => {
  assert.match(exporter('html').write(INVOICES), /<td>A &amp; &quot;B&quot;<\/td>/);
  assert.equal(
    exporter('xml').write(INVOICES),
    '<invoices><invoice id="inv_1"><orderId>ord_1</orderId><customer>A &amp; "B"</customer><total>1250</total></invoice></invoices>',
  );
});

test('pdf is a document', async () => {
  const bytes = await exporter('pdf').write(INVOICES);
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  assert.match(bytes.toString('latin1'), /%%EOF\s*$/);
});

test('the worker writes its queue to a file', async (t) => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'checkout-'));
  t.after(() => fs.rmSync(directory, { recursive: true }));
  const queue = path.join(directory, 'queue.json');
  fs.writeFileSync(queue, JSON.stringify(INVOICES));
  const file = await exportInvoices(readQueue(queue), 'csv', directory);
  assert.match(fs.readFileSync(file, 'utf8'), /inv_1,ord_1/);
  assert.deepEqual(readQueue(path.join(directory, 'none.json')), []);
  await assert.rejects(exportInvoices([], 'docx', directory), /unknown format/);
});
